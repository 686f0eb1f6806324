package waybill.server.identity;

import java.util.Set;

/// Whether somebody comes from the machine that the hub runs on. What is limited by address is not limited for it: a
/// proxy on it speaks for everybody.
final class LoopbackAddresses {

    private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1", "");

    private LoopbackAddresses() {}

    static boolean contains(String address) {
        return ADDRESSES.contains(address);
    }
}
