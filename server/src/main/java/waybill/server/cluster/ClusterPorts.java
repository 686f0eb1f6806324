package waybill.server.cluster;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import waybill.hub.presence.Presence;
import waybill.hub.presence.SocketCounts;
import waybill.hub.presence.UserConnections;
import waybill.hub.presence.UserSockets;
import waybill.limit.RateLimiters;
import waybill.messaging.QueueSubscriptions;
import waybill.tracking.DriverPositions;

/// The ports of the hub that all nodes share, as one node has them in memory. A [ClusterNode] keeps them in step.
public final class ClusterPorts {

    private final SharedPositions positions;
    private final SharedRateLimiters limiters;
    private final SharedUserSockets liveSockets = new SharedUserSockets(new SharedTable(0));
    private final SharedUserSockets capsSockets = new SharedUserSockets(new SharedTable(1));
    private final SharedSocketCounts socketCounts = new SharedSocketCounts(new SharedTable(2));
    private final SharedPresence presence;
    private final SharedQueueSubscriptions subscriptions;
    private final SharedUserConnections userConnections = new SharedUserConnections(List.of(liveSockets, capsSockets));
    private final List<SharedTable> tables; // by their numbers
    private final AtomicReference<Runnable> urgent = new AtomicReference<>(() -> {});

    /// @param ownPositions the positions in the memory of this node
    /// @param queuesMax how many queues a subscriber may subscribe to
    public ClusterPorts(DriverPositions ownPositions, int queuesMax, InstantSource clock) {
        positions = new SharedPositions(ownPositions);
        limiters = new SharedRateLimiters(clock);
        presence = new SharedPresence(new SharedTable(3), () -> urgent.get().run());
        subscriptions = new SharedQueueSubscriptions(4, queuesMax);
        tables = List.of(
                liveSockets.table(),
                capsSockets.table(),
                socketCounts.table(),
                presence.table(),
                subscriptions.table());
    }

    public DriverPositions driverPositions() {
        return positions;
    }

    public RateLimiters rateLimiters() {
        return limiters;
    }

    public UserSockets liveSockets() {
        return liveSockets;
    }

    public UserSockets capsSockets() {
        return capsSockets;
    }

    public SocketCounts socketCounts() {
        return socketCounts;
    }

    public Presence presence() {
        return presence;
    }

    public QueueSubscriptions subscriptions() {
        return subscriptions;
    }

    public UserConnections connections() {
        return userConnections;
    }

    // ---- for the node

    List<SharedTable> tables() {
        return tables;
    }

    SharedPositions positions() {
        return positions;
    }

    SharedRateLimiters limiters() {
        return limiters;
    }

    SharedUserConnections userConnections() {
        return userConnections;
    }

    /// Runs `action` when something should be published at once.
    void onUrgent(Runnable action) {
        urgent.set(action);
    }
}
