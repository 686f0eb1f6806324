package waybill.server;

import java.time.Duration;
import waybill.hub.position.Precision;
import waybill.server.rest.Endpoints;
import waybill.server.rest.http.RestServices;

/// The port: HTTP, and the sockets behind `/socket.io/`.
record WebPart(WebServer server) implements AutoCloseable {

    /// How long requests that are under way may take when the hub closes.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    /// Answers from here on, or throws with what stands in the way.
    void listen(Config config, Platform platform, HubPart hub) {
        var endpoints = endpoints(config, platform, hub);
        server.listen(
                config,
                new SocketIoAttachment(
                        hub.sockets().server()::attach, hub.security().proxies()),
                endpoints::router);
    }

    /// The endpoints of a hub, on whatever port.
    static Endpoints endpoints(Config config, Platform platform, HubPart hub) {
        var security = hub.security();
        return new Endpoints(restServices(config, platform, hub), security.origins(), security.hosts());
    }

    private static RestServices restServices(Config config, Platform platform, HubPart hub) {
        var cluster = hub.cluster();
        var security = hub.security();
        var core = hub.core();
        var sockets = hub.sockets();
        var store = hub.storage().store();
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
                hub.metrics(),
                config.restSettings());
    }

    @Override
    public void close() {
        server.drain(DRAIN_MAX);
        server.close();
    }
}
