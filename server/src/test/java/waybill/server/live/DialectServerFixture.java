package waybill.server.live;

import com.fasterxml.uuid.Generators;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.HubCommands;
import waybill.hub.JournalRevocationLog;
import waybill.hub.NodeId;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.ParcelQueues;
import waybill.hub.position.EtaEstimator;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.hub.position.PositionPipeline;
import waybill.hub.presence.InMemorySocketCounts;
import waybill.hub.presence.InMemoryUserSockets;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.relay.CompositeListener;
import waybill.hub.relay.LogSignals;
import waybill.hub.relay.RelayRunner;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.InMemoryLeases;
import waybill.order.Actor;
import waybill.order.Caller;
import waybill.order.Customer;
import waybill.order.HubEvent;
import waybill.order.Item;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Revocations;
import waybill.server.identity.Secret;
import waybill.server.identity.SocketAuthenticator;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.TokenVerifier;
import waybill.server.identity.Trust;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.order.JsonOrderPlacement;
import waybill.server.socket.SocketLimits;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;
import waybill.tracking.DriverPositions;

/// All that the dialects stand on, for real but for the clock, with a door for tests that there is no REST in the way.
final class DialectServerFixture implements AutoCloseable {

    static final Principal ANNA = new Principal("anna", Role.CUSTOMER, "Anna", "+47 1", null);
    static final Principal BEN = new Principal("ben", Role.CUSTOMER, null, null, null);
    static final Principal SHOP = new Principal("mia", Role.MERCHANT, "Mia", null, "acme");
    static final Principal OTHER_SHOP = new Principal("noah", Role.MERCHANT, null, null, "flowers");
    static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari", "+47 2", null);
    static final Principal OLA = new Principal("ola", Role.DRIVER, null, null, null);
    static final Principal ADMIN = new Principal("root", Role.ADMIN, null, null, null);
    static final Principal SUPPORT = new Principal("sue", Role.SUPPORT, null, null, null);

    static final Position STORE_POSITION = new Position(59.91, 10.75);
    static final Position DROPOFF_POSITION = new Position(59.95, 10.75);

    /// Threads on which the store is read.
    static final int READERS = 2;

    private static final Secret SECRET = Secret.of("thirty-two bytes, of which nobody knows");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration NO_PING = Duration.ofHours(1); // a slow viewer would not answer
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    final MovableClock clock = new MovableClock();
    private final Path data;
    private final boolean isSecured;
    private final SocketLimits limits;
    private final Adapter.Factory adapter;
    private final @Nullable RunningServer otherNode;
    private final List<LiveTestClient> sockets = new ArrayList<>();
    private RunningServer open;

    private DialectServerFixture(Path data, boolean isSecured, SocketLimits limits) {
        this(data, isSecured, limits, (_, local) -> local, null);
    }

    private DialectServerFixture(
            Path data,
            boolean isSecured,
            SocketLimits limits,
            Adapter.Factory adapter,
            @Nullable RunningServer otherNode) {
        this.data = data;
        this.isSecured = isSecured;
        this.limits = limits;
        this.adapter = adapter;
        this.otherNode = otherNode;
        open = open();
    }

    static DialectServerFixture secured(Path data) {
        return secured(data, SocketLimits.defaults());
    }

    static DialectServerFixture secured(Path data, SocketLimits limits) {
        return new DialectServerFixture(data, true, limits);
    }

    /// A node whose sockets are reached through that adapter, too.
    static DialectServerFixture node(Path data, Adapter.Factory adapter) {
        return new DialectServerFixture(data, true, SocketLimits.defaults(), adapter, null);
    }

    /// Another node on the same store.
    DialectServerFixture otherNode(Adapter.Factory itsAdapter) {
        return new DialectServerFixture(data, isSecured, limits, itsAdapter, open);
    }

    /// In development mode, where clients are believed without a token.
    static DialectServerFixture inDevelopment(Path data) {
        return new DialectServerFixture(data, false, SocketLimits.defaults());
    }

    private RunningServer open() {
        var signals = otherNode == null ? new LogSignals() : otherNode.signals();
        var wakeUpSignal = signals.add();
        var store = otherNode == null ? Store.open(data, StoreLimits.defaults(), signals::signal) : otherNode.store();
        var leases = otherNode == null
                ? new InMemoryLeases(new NodeId("one"))
                : otherNode.leases().of(new NodeId("two"));
        var socketCounts = otherNode == null
                ? new InMemorySocketCounts()
                : otherNode.services().node().sockets();
        var relay = otherNode == null ? "relay of one" : "relay of two";
        var revocations = new Revocations(new JournalRevocationLog(store.directory(), store.journal()));
        var readers = Executors.newFixedThreadPool(READERS);
        var config = isSecured ? IdentityConfig.of(new Trust.SharedSecret(SECRET)) : IdentityConfig.development();
        var tokenVerifier = TokenVerifier.start(config, data, revocations, clock, new SecureRandom());
        var authenticator = new SocketAuthenticator(tokenVerifier, clock);
        var server = new SocketServer(Config.defaults()
                .withRecovery(RecoveryConfig.sessionsOnly())
                .withAdapter(adapter)
                .withEngine(engine -> engine.withLoops(2).withPingInterval(NO_PING)));
        var orders = new OrderCommandHandler(
                store.journal(),
                _ -> true,
                new OrderCommandHandler.OrderPolicy("WB", Optional.of(Duration.ofSeconds(60)), ParcelQueues::route));
        var clients = new ClientRegistry(new InMemoryUserSockets());
        var services = new LiveServices(
                orders,
                new JsonOrderPlacement(
                        orders, RestSettings.defaults(), Generators.timeBasedEpochGenerator()::generate, clock),
                store.journal(),
                store.eventLog(),
                store.orderQueries(),
                store.confirmations(),
                store.clientCheckpoints(),
                store.directory(),
                tokenVerifier,
                ActiveOrders.of(store.orderQueries()),
                new InMemoryDriverPositions(DriverPositions.DRIVERS_MAX, limits.speedMax()),
                new EtaEstimator(store.directory()::findBusiness, readers, clock),
                store.trackLog(),
                clients,
                readers,
                wakeUpSignal::signal,
                clock,
                clock::millis,
                new SecureRandom(),
                limits,
                new AbandonedOrders.Limit(Duration.ZERO, clock),
                new LiveServices.Node(relay, leases, socketCounts));
        var dialectServer = new DialectServer(server, authenticator, services);
        var told = new RelayedSequence();
        var relayRunner = new RelayRunner(
                relay,
                store.eventLog(),
                store.journal(),
                new CompositeListener(
                        List.of(revocations.eventListener(), dialectServer.eventListener(), told::onEvent)),
                wakeUpSignal,
                clock);
        relayRunner.start();
        dialectServer.start();
        authenticator.start();
        var address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new RunningServer(
                store,
                otherNode == null,
                signals,
                leases,
                readers,
                tokenVerifier,
                authenticator,
                server,
                services,
                dialectServer,
                told,
                relayRunner,
                orders,
                clients,
                address);
    }

    /// The process ends and begins again on the same data; all clients are gone.
    void restart() {
        shutDown();
        open = open();
    }

    private void shutDown() {
        sockets.forEach(LiveTestClient::close);
        sockets.clear();
        open.close();
    }

    @Override
    public void close() {
        shutDown();
    }

    Store store() {
        return open.store();
    }

    InetSocketAddress address() {
        return open.address();
    }

    /// Waits until every event on the disk has been published.
    void awaitRelay() {
        open.relayed().await(open.store().eventLog().lastSequence());
    }

    String token(Principal principal) {
        return open.tokenVerifier()
                .issuer()
                .orElseGet(() -> new TokenIssuer(SECRET, clock))
                .issue(new Grant(principal, TOKEN_LIFETIME));
    }

    /// What was issued until now is worth nothing any more.
    void revoke(Principal principal) {
        open.tokenVerifier()
                .revocations()
                .revoke(Set.of(principal.user()), clock.instant())
                .toCompletableFuture()
                .join();
    }

    /// Connects, and waits until the client has been sent what it missed.
    LiveTestClient connect(String namespace, Principal principal) {
        var socket = connect(namespace, Map.of("token", token(principal)), "");
        open.clients()
                .ofUser(principal.user())
                .filter(client -> client.socket.id().equals(socket.id()))
                .forEach(DialectServerFixture::awaitLive);
        return socket;
    }

    LiveTestClient connect(String namespace, Map<String, String> auth, String query) {
        var socket = LiveTestClient.connect(open.address(), namespace, auth, query);
        sockets.add(socket);
        return socket;
    }

    private static void awaitLive(ClientSession client) {
        var live = new CompletableFuture<Boolean>();
        client.socket.loop().execute(() -> client.whenLive(() -> live.complete(true)));
        live.orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// Waits until the sockets of a user have received all that they were sent.
    void awaitReceived(Principal principal) {
        await(() -> open.clients()
                .ofUser(principal.user())
                .noneMatch(client -> client.progress().isUnconfirmed()));
    }

    /// A socket goes, when it has received all that it was sent, and the hub has seen it go.
    void disconnect(LiveTestClient socket, Principal principal) {
        awaitReceived(principal);
        socket.close();
        await(() -> open.clients().ofUser(principal.user()).findAny().isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so in " + TIMEOUT);
            }
            Thread.onSpinWait();
        }
    }

    /// A driver says whether it wants work.
    void setDriverStatus(Principal driver, DriverStatus status) {
        var now = clock.instant();
        open.store()
                .journal()
                .submit(ledger -> HubCommands.setDriverStatus(
                        ledger,
                        new DriverState(driver.id(), status, now),
                        new HubEvent.DriverStatusChanged(driver.id(), status, null),
                        Actor.of(driver)))
                .join();
        awaitRelay();
    }

    boolean isAdmitted(String namespace, Principal principal) {
        return LiveTestClient.isAdmitted(open.address(), namespace, Map.of("token", token(principal)));
    }

    JSONObject connectError(String namespace, Map<String, String> auth, String query) {
        return LiveTestClient.connectError(open.address(), namespace, auth, query);
    }

    Order place(Principal customer, String store) {
        return place(customer, store, OrderState.PENDING);
    }

    Order place(@Nullable Principal customer, String store, OrderState as) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var details = new OrderDetails(
                new Customer(customer == null ? null : customer.id(), "Anna", null),
                new Address("Store street 1", STORE_POSITION),
                new Address("Door street 2", DROPOFF_POSITION),
                List.of(new Item("rose", "Rose", 3, new Money(250, "EUR"))),
                new Money(750, "EUR"),
                new Money(50, "EUR"));
        var place = new OrderCommand.Place(id, id.toString(), as, details);
        var now = clock.instant();
        return requireDone(open.orders()
                .handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ByStoreReference(store, id.toString()),
                        place,
                        new Caller.Trusted(new Actor(Actor.Kind.STORE, store)),
                        now,
                        now))
                .join());
    }

    OrderResult handle(Order order, OrderCommand command, Principal by) {
        var now = clock.instant();
        return open.orders()
                .handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ById(order.id()), command, new Caller.Authenticated(by), now, now))
                .join();
    }

    Order execute(Order order, OrderCommand command, Principal by) {
        return requireDone(handle(order, command, by));
    }

    /// An order that is on its way with its driver.
    Order placeInTransit(Principal driver) {
        var order = place(ANNA, "acme");
        execute(order, new OrderCommand.Accept(), SHOP);
        execute(order, new OrderCommand.MarkReady(), SHOP);
        execute(order, new OrderCommand.Claim(Actor.of(driver)), driver);
        execute(order, new OrderCommand.PickUp(), driver);
        return execute(order, new OrderCommand.StartTransit(), driver);
    }

    /// A customer's order of the store acme, of 200,000 characters and more.
    Order placeLarge(Principal customer) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var item = new Item("x".repeat(200), "y".repeat(200), 1, new Money(1, "EUR"));
        var details = new OrderDetails(
                new Customer(customer.id(), "", null),
                new Address("Store street 1", STORE_POSITION),
                new Address("Door street 2", DROPOFF_POSITION),
                Collections.nCopies(OrderDetails.ITEMS_MAX, item),
                null,
                null);
        var now = clock.instant();
        return requireDone(open.orders()
                .handle(new OrderCommandHandler.OrderRequest(
                        new OrderReference.ByStoreReference("acme", id.toString()),
                        new OrderCommand.Place(id, id.toString(), OrderState.PENDING, details),
                        new Caller.Trusted(new Actor(Actor.Kind.STORE, "acme")),
                        now,
                        now))
                .join());
    }

    LiveServices services() {
        return open.services();
    }

    void awaitUnconfirmedOrders(int count) {
        await(() -> unconfirmedOrders() == count);
    }

    void awaitState(Order order, OrderState state) {
        await(() -> state(order) == state);
    }

    int unconfirmedOrders() {
        return open.dialectServer().unconfirmedOrders();
    }

    /// As after a crash: the events of an order are published again.
    void tellAgain(Order order) {
        awaitRelay();
        open.store()
                .eventLog()
                .listHistory(order.id())
                .forEach(open.dialectServer().eventListener()::onEvent);
    }

    PositionPipeline positions() {
        return open.dialectServer().positions();
    }

    OrderState state(Order order) {
        return open.store().orderQueries().findOrder(order.id()).orElseThrow().state();
    }

    private static Order requireDone(OrderResult outcome) {
        if (outcome instanceof OrderResult.Committed(var order, var _)) {
            return order;
        }
        throw new AssertionError(outcome);
    }
}
