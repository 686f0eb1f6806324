package waybill.server.outbound;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Whether an address belongs to the public internet. The others lead into the hub's own network, or to the metadata
/// service of its cloud.
final class PublicAddress {

    private static final int IPV4_BYTES = 4;

    /// An address and how many of its bits count.
    private static final class Network {

        private final byte[] start;
        private final int bits;

        private Network(byte[] start, int bits) {
            this.start = start;
            this.bits = bits;
        }

        static Network of(String text) {
            var slash = text.indexOf('/');
            try {
                return new Network(
                        InetAddress.ofLiteral(text.substring(0, slash)).getAddress(),
                        Integer.parseInt(text.substring(slash + 1)));
            } catch (IllegalArgumentException e) {
                throw new AssertionError(text, e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != start.length) {
                return false;
            }
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// The registries of special-purpose addresses (RFC 6890 and later): this network, private, CGNAT, loopback,
    /// link-local with the metadata services, protocol assignments, documentation, benchmarks, multicast, reserved.
    private static final List<Network> SPECIAL = List.of(
            Network.of("0.0.0.0/8"),
            Network.of("10.0.0.0/8"),
            Network.of("100.64.0.0/10"),
            Network.of("127.0.0.0/8"),
            Network.of("169.254.0.0/16"),
            Network.of("172.16.0.0/12"),
            Network.of("192.0.0.0/24"),
            Network.of("192.0.2.0/24"),
            Network.of("192.88.99.0/24"),
            Network.of("192.168.0.0/16"),
            Network.of("198.18.0.0/15"),
            Network.of("198.51.100.0/24"),
            Network.of("203.0.113.0/24"),
            Network.of("224.0.0.0/3"),
            Network.of("2001::/23"),
            Network.of("2001:db8::/32"),
            Network.of("3fff::/20"));

    /// Of IPv6, only this is given to the public.
    private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

    /// 6to4 and NAT64 lead to the IPv4 address inside.
    private static final Network SIX_TO_FOUR = Network.of("2002::/16");

    private static final Network NAT64 = Network.of("64:ff9b::/96");

    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        return isPublic(address.getAddress());
    }

    private static boolean isPublic(byte[] address) {
        if (SPECIAL.stream().anyMatch(network -> network.contains(address))) {
            return false;
        }
        if (address.length == IPV4_BYTES) {
            return true;
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 2 + IPV4_BYTES));
        }
        if (NAT64.contains(address)) {
            return isPublic(Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length));
        }
        return GLOBAL_UNICAST.contains(address);
    }

    /// The address that a host name is literally, without asking DNS. An IPv4 address that IPv6 maps is one of IPv4.
    static Optional<InetAddress> parse(String host) {
        var isBracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return Optional.of(InetAddress.ofLiteral(isBracketed ? host.substring(1, host.length() - 1) : host));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
