package waybill.server;

import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.journal.EventLog;
import waybill.outbound.OutboundJobs;

/// A hub without its port: all parts that the port's requests reach. It starts part by part, each on the parts before
/// it, and closes them in the reverse order; a part that cannot start closes those that have.
record HubPart(StartedParts started, Parts parts, SocketPart sockets) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HubPart.class);

    /// Starts a hub of one node.
    static HubPart start(Config config, Platform platform) {
        return start(started -> Parts.start(config, platform, started));
    }

    /// Starts a node on a store that is open, and stays open when the node closes.
    static HubPart start(Config config, Platform platform, StoragePart storage, ClusterPart cluster) {
        return start(started -> Parts.start(config, platform, storage, cluster, started));
    }

    private static HubPart start(Function<StartedParts, Parts> startParts) {
        var started = new StartedParts();
        try {
            var parts = startParts.apply(started);
            LOG.info("this node is {}", parts.cluster().node());
            var sockets = started.add(SocketPart.create(parts));
            registerMetrics(parts, sockets);
            parts.security().authenticator().start();
            sockets.start();
            return new HubPart(started, parts, sockets);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static void registerMetrics(Parts parts, SocketPart sockets) {
        var store = parts.storage().store();
        var metrics = new HubMetrics(parts.metrics(), parts.cluster().node())
                .ofSockets(sockets.server(), parts.security().authenticator(), sockets.connectionErrors())
                .ofLive(sockets.live(), parts.core().activeOrders())
                .ofPositions(parts.core().positionCounters())
                .ofCaps(sockets.caps())
                .ofLinks(sockets.links().publicLinks())
                .ofAlerts(sockets.alerts(), parts.core().storeAlert())
                .ofDispatch(
                        parts.core().driversOnDuty(),
                        sockets.dispatcher(),
                        parts.core().decisionLog())
                .ofTravelTimes(parts.core().eta().travelTimes())
                .ofOutbound(parts.outbound().runners())
                .ofTracks(store.trackLog())
                .ofOtherNodes(parts.cluster()::otherNodes, parts.cluster().leases()::heldCount)
                .ofJournal(store::queueLength, store::isWritable, sockets.relayRunner())
                .ofDisk(store::queueBytes, store::isWalCheckpointed);
        store.onCommit(metrics::startCommit);
    }

    EventLog eventLog() {
        return parts.storage().store().eventLog();
    }

    OutboundJobs outboundJobs() {
        return parts.storage().store().outboundJobs();
    }

    /// Whether the disk takes what is written.
    boolean isWritable() {
        return parts.storage().store().isWritable();
    }

    @Override
    public void close() {
        started.close();
    }
}
