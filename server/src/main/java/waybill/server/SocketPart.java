package waybill.server;

import java.time.Duration;
import java.util.List;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.NodeCheckpoint;
import waybill.hub.relay.RelayRunner;
import waybill.hub.relay.WakeUpSignal;
import waybill.hub.schedule.AbandonedOrders;
import waybill.order.OrderId;
import waybill.server.caps.CapsNamespace;
import waybill.server.caps.CapsServices;
import waybill.server.live.ClientRegistry;
import waybill.server.live.DialectServer;
import waybill.server.live.LiveServices;
import waybill.server.rest.order.JsonOrderPlacement;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.netty.EngineEnvironment;
import waybill.storage.Store;

/// All namespaces, and the relay that emits to them what the log says.
record SocketPart(
        SocketServer server,
        DialectServer dialectServer,
        CapsNamespace caps,
        RelayRunner relayRunner,
        ConnectionErrors connectionErrors)
        implements AutoCloseable {

    /// Over how long sockets are disconnected when the hub closes, so that clients do not all come back at once.
    private static final Duration DISCONNECT_SPREAD = Duration.ofMillis(500);

    static SocketPart create(
            Config config,
            Platform platform,
            StoragePart storage,
            ClusterPart cluster,
            SecurityPart security,
            CorePart core) {
        var errors = new ConnectionErrors(platform.clock());
        var store = storage.store();
        var relay = NodeCheckpoint.open(cluster.node(), store.eventLog(), store.journal());
        var signal = storage.signals().add();
        var server = new SocketServer(waybill.socketio.Config.defaults()
                .withRecovery(RecoveryConfig.sessionsOnly()) // what was missed is sent from the log
                .withAdapter(cluster.adapter())
                .withEngine(engine -> EngineSettings.of(engine, config, security.origins(), security.hosts(), errors)
                        .withEnvironment(new EngineEnvironment(platform.nanoTime(), platform.random()))));
        var dialectServer = new DialectServer(
                server,
                security.authenticator(),
                liveServices(
                        config,
                        platform,
                        store,
                        security,
                        core,
                        new ClientRegistry(cluster.liveSockets()),
                        signal,
                        new LiveServices.Node(relay, cluster.leases(), cluster.socketCounts())),
                platform.threads());
        var caps = new CapsNamespace(
                server.of("/caps"),
                capsServices(config, platform, store, cluster, core, dialectServer),
                security.authenticator(),
                _ -> !security.isSecured() || config.identity().capsOpen());
        var listener = new CompositeListener(
                List.of(
                        security.tokenVerifier().revocations().eventListener(),
                        dialectServer.eventListener(),
                        caps.eventListener()),
                dialectServer.health());
        var relayRunner = new RelayRunner(
                relay,
                store.eventLog(),
                store.journal(),
                listener,
                signal,
                platform.clock(),
                dialectServer.health(),
                platform.threads());
        security.authenticator().onError(error -> dialectServer.health().failed("looking at tokens", error));
        return new SocketPart(server, dialectServer, caps, relayRunner, errors);
    }

    private static LiveServices liveServices(
            Config config,
            Platform platform,
            Store store,
            SecurityPart security,
            CorePart core,
            ClientRegistry clients,
            WakeUpSignal signal,
            LiveServices.Node node) {
        var placement = new JsonOrderPlacement(core.orders(), config.restSettings(), core.ids(), platform.clock());
        return new LiveServices(
                core.orders(),
                placement,
                store.journal(),
                store.eventLog(),
                store.orderQueries(),
                store.confirmations(),
                store.clientCheckpoints(),
                store.directory(),
                security.tokenVerifier(),
                core.activeOrders(),
                core.driverPositions(),
                core.etas(),
                store.trackLog(),
                clients,
                core.blockingExecutor(),
                signal::signal,
                platform.clock(),
                platform::elapsedMs,
                platform.random(),
                config.socketLimits(),
                new AbandonedOrders.Limit(config.orders().abandonedAfter(), store.trustedClock()),
                node);
    }

    private static CapsServices capsServices(
            Config config,
            Platform platform,
            Store store,
            ClusterPart cluster,
            CorePart core,
            DialectServer dialectServer) {
        return new CapsServices(
                core.orders(),
                store.eventLog(),
                new CapsServices.Queues(core.parcelQueues(), store.messageQueues(), cluster.subscriptions()),
                new CapsServices.Sockets(cluster.presence(), cluster.capsSockets()),
                core.blockingExecutor(),
                () -> new OrderId(core.ids().get()),
                platform.clock(),
                new CapsServices.Settings(config.profile(), config.capsLimits(), dialectServer.admission()));
    }

    void start() {
        relayRunner.start();
        dialectServer.start();
    }

    /// Emits what is committed, then disconnects all sockets. Requests of HTTP go on.
    void disconnect() {
        relayRunner.close();
        server.close(DISCONNECT_SPREAD).toCompletableFuture().join();
    }

    @Override
    public void close() {
        dialectServer.close();
    }
}
