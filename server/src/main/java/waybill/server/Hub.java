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
import waybill.mailbox.Subscriptions;
import waybill.order.AssignableDrivers;
import waybill.order.OrderId;
import waybill.order.Orders;
import waybill.server.dialect.CapsDialect;
import waybill.server.identity.Guard;
import waybill.server.identity.Identity;
import waybill.server.identity.Revocations;
import waybill.server.metrics.Meters;
import waybill.server.realtime.Abandoned;
import waybill.server.realtime.ActiveOrders;
import waybill.server.realtime.Bell;
import waybill.server.realtime.CapsNamespace;
import waybill.server.realtime.CapsServices;
import waybill.server.realtime.Clients;
import waybill.server.realtime.Live;
import waybill.server.realtime.LiveServices;
import waybill.server.realtime.Newsroom;
import waybill.server.realtime.Precision;
import waybill.server.realtime.Present;
import waybill.server.realtime.Worlds;
import waybill.server.rest.Placing;
import waybill.server.rest.RestServices;
import waybill.server.rest.Routes;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.Recovery;
import waybill.storage.Backup;
import waybill.storage.Limits;
import waybill.storage.Store;
import waybill.storage.TrackLimits;
import waybill.tracking.LastKnown;

/// A running hub: the wiring, by hand, on one screen.
public final class Hub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    /// Over how long clients are sent away, so that they do not all come back at once.
    private static final Duration GOODBYE = Duration.ofMillis(500);

    /// How long requests that are under way may take when the hub closes.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    private final WebServer web;
    private final SocketServer sockets;
    private final Newsroom newsroom;
    private final ExecutorService readers;
    private final Store store;
    private final Identity identity;
    private final Guard guard;
    private final Live live;
    private final Meters meters;

    private Hub(
            WebServer web,
            SocketServer sockets,
            Newsroom newsroom,
            ExecutorService readers,
            Store store,
            Identity identity,
            Guard guard,
            Live live,
            Meters meters) {
        this.web = web;
        this.sockets = sockets;
        this.newsroom = newsroom;
        this.readers = readers;
        this.store = store;
        this.identity = identity;
        this.guard = guard;
        this.live = live;
        this.meters = meters;
    }

    /// Starts a hub, or throws with what stands in the way.
    public static Hub start(Config config) {
        config.requireSafeAddress();
        var clock = InstantSource.system();
        var secured = !config.identity().isDevelopment();
        var meters = new Meters();
        var bell = new Bell();
        var present = new Present();
        var ids = Generators.timeBasedEpochRandomGenerator();
        var subscriptions = new Subscriptions(config.limits().roomsMax());
        var origins = new LocalOrigins(config.origins());
        Predicate<@Nullable String> hosts = secured ? _ -> true : new LocalHosts();
        var store = Store.open(
                config.data(),
                Limits.defaults().withOrdersKeptFor(config.orders().keptFor()),
                TrackLimits.defaults().withKeptFor(config.live().tracksKeptFor()),
                clock,
                bell::ring);
        var proxies = config.identity().proxies();
        var revocations = new Revocations(new RevocationBook(store.directory(), store.journal()));
        var random = new SecureRandom();
        var identity = Identity.start(config.identity(), config.data(), revocations, clock, random);
        var guard = new Guard(identity, clock);
        var readers = Readers.start();
        var errors = new ConnectionErrors(clock);
        var sockets = new SocketServer(waybill.socketio.Config.defaults()
                .withRecovery(Recovery.ofSessions()) // what was missed is sent from the log
                .withEngine(engine -> EngineSettings.of(engine, config, origins, hosts, errors)));
        var rules =
                new Orders.Rules(config.orders().numberPrefix(), config.orders().deadline(), CapsDialect::parcel);
        var orders = new Orders(
                store.journal(),
                present::isPresent,
                rules,
                secured ? AssignableDrivers.KNOWN : AssignableDrivers.UNLESS_KNOWN_OTHERWISE);
        var settings = config.rest().withPayloadMax(config.payloadMax());
        var placement = new FilledForms(new Placing(orders, settings, ids::generate, clock));
        var active = ActiveOrders.of(store.book());
        var lastKnown = new LastKnown(LastKnown.DRIVERS_MAX, config.live().speedMax());
        var live = new Live(
                sockets,
                guard,
                new LiveServices(
                        orders,
                        placement,
                        store.journal(),
                        store.log(),
                        store.book(),
                        store.receipts(),
                        store.checkpoints(),
                        store.directory(),
                        identity,
                        active,
                        lastKnown,
                        store.tracks(),
                        new Clients(),
                        readers,
                        bell::ring,
                        clock,
                        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                        random,
                        config.live(),
                        new Abandoned.Limit(config.orders().abandonedAfter(), store.trustedClock())));
        var caps = new CapsNamespace(
                sockets.of("/caps"),
                new CapsServices(
                        orders,
                        store.log(),
                        store.mailboxes(),
                        subscriptions,
                        present,
                        readers,
                        () -> new OrderId(ids.generate()),
                        clock,
                        config.profile(),
                        config.limits(),
                        live.admission()),
                guard,
                _ -> !secured || config.identity().capsOpen());
        var world = new Worlds(List.of(live.news(), caps.news()), live.health());
        var newsroom = new Newsroom(Newsroom.RELAY, store.log(), store.journal(), world, bell, clock, live.health());
        guard.onError(error -> live.health().failed("looking at tokens", error));
        var figures = new HubFigures(meters)
                .ofSockets(sockets, guard, errors)
                .ofLive(live, active)
                .ofCaps(caps)
                .ofTracks(store.tracks())
                .ofJournal(store::waiting, store::isWritable, newsroom)
                .ofDisk(store::waitingBytes, store::isCheckpointed);
        store.onCommit(figures::committing);
        var routes = new Routes(
                new RestServices(
                        orders,
                        store.journal(),
                        store.book(),
                        store.log(),
                        store.directory(),
                        store.mailboxes(),
                        store.receipts(),
                        subscriptions,
                        readers,
                        identity,
                        request -> Gate.client(proxies, request),
                        live::seen,
                        new ReportedPositions(live),
                        lastKnown,
                        store.tracks(),
                        config.live().speedMax(),
                        new Precision(active, config.live().isHiddenUntilNext())::of,
                        new ConnectedUsers(sockets, live),
                        ids::generate,
                        clock,
                        store::isWritable,
                        live.health()::failed,
                        meters,
                        settings),
                origins,
                hosts);
        var web = new WebServer(config.loops());
        var hub = new Hub(web, sockets, newsroom, readers, store, identity, guard, live, meters);
        newsroom.start();
        guard.start();
        live.start();
        try {
            web.listen(config, new Gate(sockets::attach, proxies), routes::router);
        } catch (RuntimeException e) {
            hub.close();
            throw e;
        }
        LOG.debug("listening on {}, with the data in {}", web.addresses(), config.data());
        return hub;
    }

    /// Copies the databases in `data` into `target`, whether a hub runs on them or not; returns a line about each.
    public static List<String> backup(Path data, Path target) {
        return Backup.make(data, target).stream()
                .map(copied -> copied.file() + ", " + copied.bytes() + " bytes")
                .toList();
    }

    /// Where it listens, in the order of the configuration.
    public List<InetSocketAddress> addresses() {
        return web.addresses();
    }

    /// Who tells people apart here, and in development mode issues their tokens.
    public Identity identity() {
        return identity;
    }

    /// Tells what there is to tell, sends the clients away, answers the requests that are under way, writes what was
    /// said meanwhile, and closes the store. What was said too late to be told is told by the next hub on the same
    /// data.
    @Override
    public void close() {
        newsroom.close();
        sockets.close(GOODBYE).toCompletableFuture().join();
        web.drain(DRAIN_MAX);
        web.close();
        guard.close();
        live.close();
        identity.close();
        readers.close();
        store.close();
        meters.close();
    }
}
