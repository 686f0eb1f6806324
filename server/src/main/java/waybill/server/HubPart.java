package waybill.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.server.metrics.MetricsRegistry;

/// A hub without its port: all parts that the port's requests reach. It starts part by part, each on the parts before
/// it, and closes them in the reverse order; a part that cannot start closes those that have.
record HubPart(
        Deque<AutoCloseable> started,
        MetricsRegistry metrics,
        StoragePart storage,
        ClusterPart cluster,
        SecurityPart security,
        CorePart core,
        SocketPart sockets)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HubPart.class);

    /// Starts a hub of one node.
    static HubPart start(Config config, Platform platform) {
        var started = new ArrayDeque<AutoCloseable>();
        try {
            var storage = add(started, StoragePart.open(config, platform));
            var cluster = add(started, ClusterPart.ofOneNode(config, platform));
            return start(config, platform, storage, cluster, started);
        } catch (RuntimeException e) {
            close(started);
            throw e;
        }
    }

    /// Starts a node on a store that is open, and stays open when the node closes.
    static HubPart start(Config config, Platform platform, StoragePart storage, ClusterPart cluster) {
        var started = new ArrayDeque<AutoCloseable>(List.of(cluster));
        try {
            return start(config, platform, storage, cluster, started);
        } catch (RuntimeException e) {
            close(started);
            throw e;
        }
    }

    private static HubPart start(
            Config config, Platform platform, StoragePart storage, ClusterPart cluster, Deque<AutoCloseable> started) {
        var metrics = add(started, new MetricsRegistry());
        LOG.info("this node is {}", cluster.node());
        var security = add(started, SecurityPart.start(config, platform, storage));
        var core = add(started, CorePart.start(config, platform, storage, cluster, security));
        var sockets = add(started, SocketPart.create(config, platform, storage, cluster, security, core));
        var store = storage.store();
        var hubMetrics = new HubMetrics(metrics, cluster.node())
                .ofSockets(sockets.server(), security.authenticator(), sockets.connectionErrors())
                .ofLive(sockets.dialectServer(), core.activeOrders())
                .ofCaps(sockets.caps())
                .ofTracks(store.trackLog())
                .ofJournal(store::queueLength, store::isWritable, sockets.relayRunner())
                .ofDisk(store::queueBytes, store::isWalCheckpointed);
        store.onCommit(hubMetrics::startCommit);
        security.authenticator().start();
        sockets.start();
        return new HubPart(started, metrics, storage, cluster, security, core, sockets);
    }

    private static <T extends AutoCloseable> T add(Deque<AutoCloseable> started, T part) {
        started.push(part);
        return part;
    }

    @Override
    public void close() {
        close(started);
    }

    static void close(Deque<AutoCloseable> started) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.error("a part of the hub did not close; the others are closed", e);
            }
        }
    }
}
