package waybill.server;

import java.time.Duration;
import waybill.hub.position.Precision;
import waybill.server.metrics.MetricsRegistry;
import waybill.server.rest.Endpoints;
import waybill.server.rest.http.RestServices;

/// The port: HTTP, and the sockets behind `/socket.io/`.
record WebPart(WebServer server) implements AutoCloseable {

    /// How long requests that are under way may take when the hub closes.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    /// Answers from here on, or throws with what stands in the way.
    void listen(
            Config config,
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            SecurityPart security,
            CorePart core,
            SocketPart sockets,
            MetricsRegistry metrics) {
        var services = restServices(config, platform, storage, cluster, security, core, sockets, metrics);
        var endpoints = new Endpoints(services, security.origins(), security.hosts());
        server.listen(config, new SocketIoAttachment(sockets.server()::attach, security.proxies()), endpoints::router);
    }

    private static RestServices restServices(
            Config config,
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            SecurityPart security,
            CorePart core,
            SocketPart sockets,
            MetricsRegistry metrics) {
        var store = storage.store();
        var dialectServer = sockets.dialectServer();
        return new RestServices(
                core.orders(),
                store.journal(),
                store.orderQueries(),
                store.eventLog(),
                store.directory(),
                store.messageQueues(),
                store.confirmations(),
                cluster.subscriptions(),
                core.blockingExecutor(),
                security.tokenVerifier(),
                request -> SocketIoAttachment.clientAddress(security.proxies(), request),
                dialectServer::recordPerson,
                new LivePositionIngestion(dialectServer),
                core.driverPositions(),
                core.etas(),
                store.trackLog(),
                config.socketLimits().speedMax(),
                new Precision(core.activeOrders(), config.socketLimits().isHiddenUntilNext())::of,
                new SocketConnectionStats(cluster.node(), sockets.server(), dialectServer),
                core.ids(),
                platform.clock(),
                store::isWritable,
                dialectServer.health()::failed,
                metrics,
                config.restSettings());
    }

    @Override
    public void close() {
        server.drain(DRAIN_MAX);
        server.close();
    }
}
