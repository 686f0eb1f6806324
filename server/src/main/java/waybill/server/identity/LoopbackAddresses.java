package waybill.server.identity;

import java.util.Set;

/// Whether a client is on the hub's own machine. Limits by address do not apply to it: a proxy there forwards for
/// all clients.
final class LoopbackAddresses {

    private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1", "");

    private LoopbackAddresses() {}

    static boolean contains(String address) {
        return ADDRESSES.contains(address);
    }
}
