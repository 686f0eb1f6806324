package waybill.server;

import com.fasterxml.uuid.Generators;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.AssignmentPolicy;
import waybill.hub.JournalRevocationLog;
import waybill.hub.OrderCommandHandler;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.RelayRunner;
import waybill.hub.relay.WakeUpSignal;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.BlockingExecutor;
import waybill.messaging.QueueSubscriptions;
import waybill.order.OrderId;
import waybill.server.caps.CapsNamespace;
import waybill.server.caps.CapsServices;
import waybill.server.caps.ConnectedSockets;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.identity.Revocations;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.identity.TokenVerifier;
import waybill.server.live.ClientRegistry;
import waybill.server.live.DialectServer;
import waybill.server.live.LiveServices;
import waybill.server.live.Precision;
import waybill.server.metrics.MetricsRegistry;
import waybill.server.rest.Endpoints;
import waybill.server.rest.http.RestServices;
import waybill.server.rest.order.JsonOrderPlacement;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.storage.Backup;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;
import waybill.tracking.DriverPositions;

/// A running hub: the wiring, by hand, on one screen.
public final class WaybillServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WaybillServer.class);

    /// Over how long clients are sent away, so that they do not all come back at once.
    private static final Duration DISCONNECT_SPREAD = Duration.ofMillis(500);

    /// How long requests that are under way may take when the hub closes.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    private final WebServer web;
    private final SocketServer sockets;
    private final RelayRunner relayRunner;
    private final ExecutorService blockingExecutor;
    private final Store store;
    private final TokenVerifier tokenVerifier;
    private final SocketAuthenticator authenticator;
    private final DialectServer dialectServer;
    private final MetricsRegistry meters;

    private WaybillServer(
            WebServer web,
            SocketServer sockets,
            RelayRunner relayRunner,
            ExecutorService readers,
            Store store,
            TokenVerifier tokenVerifier,
            SocketAuthenticator authenticator,
            DialectServer dialectServer,
            MetricsRegistry meters) {
        this.web = web;
        this.sockets = sockets;
        this.relayRunner = relayRunner;
        this.blockingExecutor = readers;
        this.store = store;
        this.tokenVerifier = tokenVerifier;
        this.authenticator = authenticator;
        this.dialectServer = dialectServer;
        this.meters = meters;
    }

    /// Starts a hub, or throws with what stands in the way.
    public static WaybillServer start(Config config) {
        config.requireSafeAddress();
        var clock = InstantSource.system();
        var secured = !config.identity().isDevelopment();
        var meters = new MetricsRegistry();
        var wakeUpSignal = new WakeUpSignal();
        var connectedSockets = new ConnectedSockets();
        var ids = Generators.timeBasedEpochRandomGenerator();
        var subscriptions = new QueueSubscriptions(config.capsLimits().roomsMax());
        var origins = new OriginAllowlist(config.origins());
        Predicate<@Nullable String> hosts = secured ? _ -> true : new LocalHostNames();
        var store = Store.open(
                config.data(),
                StoreLimits.defaults().withOrderRetention(config.orders().retention()),
                TrackLimits.defaults().withRetention(config.socketLimits().trackRetention()),
                clock,
                wakeUpSignal::signal);
        var proxies = config.identity().proxies();
        var revocations = new Revocations(new JournalRevocationLog(store.directory(), store.journal()));
        var random = new SecureRandom();
        var tokenVerifier = TokenVerifier.start(config.identity(), config.data(), revocations, clock, random);
        var authenticator = new SocketAuthenticator(tokenVerifier, clock);
        var readers = BlockingExecutor.start();
        var errors = new ConnectionErrors(clock);
        var sockets = new SocketServer(waybill.socketio.Config.defaults()
                .withRecovery(RecoveryConfig.sessionsOnly()) // what was missed is sent from the log
                .withEngine(engine -> EngineSettings.of(engine, config, origins, hosts, errors)));
        var rules = new OrderCommandHandler.OrderPolicy(
                config.orders().numberPrefix(), config.orders().acceptDeadline(), CapsDialect::renderOrder);
        var orders = new OrderCommandHandler(
                store.journal(),
                connectedSockets::isPresent,
                rules,
                secured ? AssignmentPolicy.REGISTERED_DRIVERS : AssignmentPolicy.REGISTERED_OR_UNKNOWN);
        var settings = config.rest().withPayloadMax(config.payloadMax());
        var placement = new OrderPlacementAdapter(new JsonOrderPlacement(orders, settings, ids::generate, clock));
        var active = ActiveOrders.of(store.orderQueries());
        var lastKnown = new DriverPositions(
                DriverPositions.DRIVERS_MAX, config.socketLimits().speedMax());
        var dialectServer = new DialectServer(
                sockets,
                authenticator,
                new LiveServices(
                        orders,
                        placement,
                        store.journal(),
                        store.eventLog(),
                        store.orderQueries(),
                        store.confirmations(),
                        store.clientCheckpoints(),
                        store.directory(),
                        tokenVerifier,
                        active,
                        lastKnown,
                        store.trackLog(),
                        new ClientRegistry(),
                        readers,
                        wakeUpSignal::signal,
                        clock,
                        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                        random,
                        config.socketLimits(),
                        new AbandonedOrders.Limit(config.orders().abandonedAfter(), store.trustedClock())));
        var caps = new CapsNamespace(
                sockets.of("/caps"),
                new CapsServices(
                        orders,
                        store.eventLog(),
                        store.messageQueues(),
                        subscriptions,
                        connectedSockets,
                        readers,
                        () -> new OrderId(ids.generate()),
                        clock,
                        config.profile(),
                        config.capsLimits(),
                        dialectServer.admission()),
                authenticator,
                _ -> !secured || config.identity().capsOpen());
        var listener = new CompositeListener(
                List.of(dialectServer.eventListener(), caps.eventListener()), dialectServer.health());
        var relayRunner = new RelayRunner(
                RelayRunner.RELAY,
                store.eventLog(),
                store.journal(),
                listener,
                wakeUpSignal,
                clock,
                dialectServer.health());
        authenticator.onError(error -> dialectServer.health().failed("looking at tokens", error));
        var metrics = new HubMetrics(meters)
                .ofSockets(sockets, authenticator, errors)
                .ofLive(dialectServer, active)
                .ofCaps(caps)
                .ofTracks(store.trackLog())
                .ofJournal(store::queueLength, store::isWritable, relayRunner)
                .ofDisk(store::queueBytes, store::isWalCheckpointed);
        store.onCommit(metrics::startCommit);
        var routes = new Endpoints(
                new RestServices(
                        orders,
                        store.journal(),
                        store.orderQueries(),
                        store.eventLog(),
                        store.directory(),
                        store.messageQueues(),
                        store.confirmations(),
                        subscriptions,
                        readers,
                        tokenVerifier,
                        request -> SocketIoAttachment.clientAddress(proxies, request),
                        dialectServer::recordPerson,
                        new LivePositionIngestion(dialectServer),
                        lastKnown,
                        store.trackLog(),
                        config.socketLimits().speedMax(),
                        new Precision(active, config.socketLimits().isHiddenUntilNext())::of,
                        new SocketConnectionStats(sockets, dialectServer),
                        ids::generate,
                        clock,
                        store::isWritable,
                        dialectServer.health()::failed,
                        meters,
                        settings),
                origins,
                hosts);
        var web = new WebServer(config.loops());
        var hub = new WaybillServer(
                web, sockets, relayRunner, readers, store, tokenVerifier, authenticator, dialectServer, meters);
        relayRunner.start();
        authenticator.start();
        dialectServer.start();
        try {
            web.listen(config, new SocketIoAttachment(sockets::attach, proxies), routes::router);
        } catch (RuntimeException e) {
            hub.close();
            throw e;
        }
        LOG.debug("listening on {}, with the data in {}", web.addresses(), config.data());
        return hub;
    }

    /// Copies the databases in `data` into `target`, whether a hub runs on them or not; returns a line about each.
    public static List<String> backup(Path data, Path target) {
        return Backup.create(data, target).stream()
                .map(copied -> copied.file() + ", " + copied.bytes() + " bytes")
                .toList();
    }

    /// Where it listens, in the order of the configuration.
    public List<InetSocketAddress> addresses() {
        return web.addresses();
    }

    /// Who tells people apart here, and in development mode issues their tokens.
    public TokenVerifier identity() {
        return tokenVerifier;
    }

    /// Tells what there is to tell, sends the clients away, answers the requests that are under way, writes what was
    /// said meanwhile, and closes the store. What was said too late to be told is told by the next hub on the same
    /// data.
    @Override
    public void close() {
        relayRunner.close();
        sockets.close(DISCONNECT_SPREAD).toCompletableFuture().join();
        web.drain(DRAIN_MAX);
        web.close();
        authenticator.close();
        dialectServer.close();
        tokenVerifier.close();
        blockingExecutor.close();
        store.close();
        meters.close();
    }
}
