package waybill.server.identity;

import java.net.InetAddress;

/// The addresses that begin with the same bits, such as `10.0.0.0/8`; one address if there is no number of bits.
record IpNetwork(InetAddress address, int bits) {

    /// Parses `10.0.0.0/8`, `2001:db8::/32` or an address. Never queries a name server.
    static IpNetwork parse(String text) {
        var slash = text.indexOf('/');
        try {
            var address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            var all = address.getAddress().length * Byte.SIZE;
            var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new IpNetwork(address, bits);
            }
        } catch (IllegalArgumentException _) {
            // reported below
        }
        throw new IllegalArgumentException(
                "trusted-proxy: " + text + " (expected: an address or a network such as 10.0.0.0/8)");
    }

    boolean contains(InetAddress other) {
        var mine = address.getAddress();
        var theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            var mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
