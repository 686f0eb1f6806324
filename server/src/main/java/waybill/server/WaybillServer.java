package waybill.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.server.identity.TokenVerifier;
import waybill.server.metrics.MetricsRegistry;
import waybill.storage.Backup;

/// A running hub. It starts part by part, each on the parts before it, and closes them in the reverse order; a part
/// that cannot start closes those that have.
public final class WaybillServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WaybillServer.class);

    private final Deque<AutoCloseable> started;
    private final SecurityPart security;
    private final WebPart web;

    private WaybillServer(Deque<AutoCloseable> started, SecurityPart security, WebPart web) {
        this.started = started;
        this.security = security;
        this.web = web;
    }

    /// Starts a hub, or throws with what stands in the way.
    public static WaybillServer start(Config config) {
        return start(config, Platform.system());
    }

    static WaybillServer start(Config config, Platform platform) {
        config.requireSafeAddress();
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

    /// Starts one of several nodes on a store that is open, and stays open when the node closes.
    static WaybillServer start(Config config, Platform platform, StoragePart storage, ClusterPart cluster) {
        return start(config, platform, storage, cluster, new ArrayDeque<>(List.of(cluster)));
    }

    private static WaybillServer start(
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
        var web = add(started, new WebPart(new WebServer(config.loops())));
        started.push(sockets::disconnect); // before the port is closed
        web.listen(config, platform, storage, cluster, security, core, sockets, metrics);
        LOG.debug("listening on {}, with the data in {}", web.server().addresses(), config.data());
        return new WaybillServer(started, security, web);
    }

    private static <T extends AutoCloseable> T add(Deque<AutoCloseable> started, T part) {
        started.push(part);
        return part;
    }

    /// Copies the databases in `data` into `target`, whether a hub runs on them or not; returns a line about each.
    public static List<String> backup(Path data, Path target) {
        return Backup.create(data, target).stream()
                .map(copied -> copied.file() + ", " + copied.bytes() + " bytes")
                .toList();
    }

    /// Where it listens, in the order of the configuration.
    public List<InetSocketAddress> addresses() {
        return web.server().addresses();
    }

    /// Verifies tokens, and in development mode issues them.
    public TokenVerifier identity() {
        return security.tokenVerifier();
    }

    /// Emits what is committed, disconnects the clients, answers the requests that are under way, and closes the store.
    /// What was committed too late to be emitted is emitted by the next hub on the same data.
    @Override
    public void close() {
        close(started);
    }

    private static void close(Deque<AutoCloseable> started) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.error("a part of the hub did not close; the others are closed", e);
            }
        }
    }
}
