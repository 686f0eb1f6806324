package waybill.server.rest.link;

import java.time.Duration;
import java.util.UUID;
import waybill.hub.presence.SocketCounts;
import waybill.server.identity.ClientAddress;
import waybill.server.rest.contract.Problem;

/// How many streams are open: of a link and from an address, on all nodes together, and of this node. A monitor of a
/// few
/// lines.
final class LinkStreamLimits {

    /// Streams of one link.
    static final int PER_LINK_MAX = 100;

    /// Streams from one address. A mobile network has many phones behind one.
    static final int PER_ADDRESS_MAX = 500;

    /// Streams of this node.
    static final int IN_ALL_MAX = 20_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final SocketCounts streamsOfAllNodes;
    private int inAll;

    LinkStreamLimits(SocketCounts streamsOfAllNodes) {
        this.streamsOfAllNodes = streamsOfAllNodes;
    }

    /// Counts one more stream, or throws the [Problem] that there are too many.
    synchronized void acquire(UUID link, ClientAddress client) {
        if (inAll >= IN_ALL_MAX) {
            throw Problem.unavailable("streams: " + inAll + " (expected: fewer)", RETRY_AFTER);
        }
        if (!streamsOfAllNodes.add(key(link), PER_LINK_MAX)) {
            throw Problem.rateLimited(
                    "streams of this link: " + PER_LINK_MAX + " (expected: fewer; read the link without a stream)",
                    RETRY_AFTER);
        }
        if (!client.isLocal() && !streamsOfAllNodes.add(key(client), PER_ADDRESS_MAX)) {
            streamsOfAllNodes.remove(key(link));
            throw Problem.rateLimited(
                    "streams from " + client.network() + ": " + PER_ADDRESS_MAX + " (expected: fewer)", RETRY_AFTER);
        }
        streamsOfAllNodes.add(SocketCounts.LINK_STREAMS);
        inAll++;
    }

    synchronized void release(UUID link, ClientAddress client) {
        inAll--;
        streamsOfAllNodes.remove(SocketCounts.LINK_STREAMS);
        streamsOfAllNodes.remove(key(link));
        if (!client.isLocal()) {
            streamsOfAllNodes.remove(key(client));
        }
    }

    private static String key(UUID link) {
        return "link " + link;
    }

    private static String key(ClientAddress client) {
        return "links from " + client.network();
    }

    synchronized int inAll() {
        return inAll;
    }
}
