package waybill.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Whether only the local machine reaches an address of it.
public final class LoopbackHost {

    private LoopbackHost() {}

    public static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            throw new IllegalArgumentException("host: " + host + " (expected: an address of this machine)");
        }
    }
}
