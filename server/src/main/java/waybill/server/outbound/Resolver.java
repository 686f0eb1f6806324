package waybill.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Asks DNS for the addresses of a name.
@FunctionalInterface
public interface Resolver {

    /// At least one address. Blocks.
    InetAddress[] resolve(String host) throws UnknownHostException;

    static Resolver ofMachine() {
        return InetAddress::getAllByName;
    }
}
