package waybill.server.identity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// The address of a client, as limits count it.
///
/// @param network the IPv4 address, or the /64 of an IPv6 address, which is what one customer of a provider has
/// @param isLocal whether it is a program on the local machine, to which limits by address do not apply
public record ClientAddress(String network, boolean isLocal) {

    private static final int NETWORK_BYTES = 8;

    static ClientAddress of(InetAddress address, boolean isLocal) {
        return new ClientAddress(network(address), isLocal);
    }

    private static String network(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        var bytes = address.getAddress();
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + NETWORK_BYTES * Byte.SIZE;
        } catch (UnknownHostException e) {
            throw new AssertionError(e); // sixteen bytes are an address
        }
    }
}
