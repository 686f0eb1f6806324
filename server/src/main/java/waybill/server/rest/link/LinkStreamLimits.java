package waybill.server.rest.link;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import waybill.server.identity.ClientAddress;
import waybill.server.rest.contract.Problem;

/// How many streams are open: of a link, from an address and in all. A monitor of a few lines.
final class LinkStreamLimits {

    /// Streams of one link.
    static final int PER_LINK_MAX = 100;

    /// Streams from one address. A mobile network has many phones behind one.
    static final int PER_ADDRESS_MAX = 500;

    /// Streams of this node.
    static final int IN_ALL_MAX = 20_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Map<UUID, Integer> ofLink = new HashMap<>();
    private final Map<String, Integer> ofAddress = new HashMap<>();
    private int inAll;

    /// Counts one more stream, or throws the [Problem] that there are too many.
    synchronized void acquire(UUID link, ClientAddress client) {
        if (inAll >= IN_ALL_MAX) {
            throw Problem.unavailable("streams: " + inAll + " (expected: fewer)", RETRY_AFTER);
        }
        if (ofLink.getOrDefault(link, 0) >= PER_LINK_MAX) {
            throw Problem.rateLimited(
                    "streams of this link: " + PER_LINK_MAX + " (expected: fewer; read the link without a stream)",
                    RETRY_AFTER);
        }
        if (!client.isLocal() && ofAddress.getOrDefault(client.network(), 0) >= PER_ADDRESS_MAX) {
            throw Problem.rateLimited(
                    "streams from " + client.network() + ": " + PER_ADDRESS_MAX + " (expected: fewer)", RETRY_AFTER);
        }
        inAll++;
        ofLink.merge(link, 1, Integer::sum);
        ofAddress.merge(client.network(), 1, Integer::sum);
    }

    synchronized void release(UUID link, ClientAddress client) {
        inAll--;
        ofLink.computeIfPresent(link, (_, count) -> count > 1 ? count - 1 : null);
        ofAddress.computeIfPresent(client.network(), (_, count) -> count > 1 ? count - 1 : null);
    }

    synchronized int inAll() {
        return inAll;
    }
}
