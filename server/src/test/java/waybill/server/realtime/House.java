package waybill.server.realtime;

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
import java.util.concurrent.ExecutorService;
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
import waybill.order.Actor;
import waybill.order.Announcements;
import waybill.order.Details;
import waybill.order.HubEvent;
import waybill.order.Item;
import waybill.order.LogEntry;
import waybill.order.Money;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderId;
import waybill.order.OrderState;
import waybill.order.Orders;
import waybill.order.Orders.Outcome;
import waybill.order.Orders.Which;
import waybill.order.Speaker;
import waybill.server.FilledForms;
import waybill.server.dialect.CapsDialect;
import waybill.server.identity.Grant;
import waybill.server.identity.Guard;
import waybill.server.identity.Identity;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Issuer;
import waybill.server.identity.Revocations;
import waybill.server.identity.Secret;
import waybill.server.identity.Trust;
import waybill.server.rest.Placing;
import waybill.server.rest.RestSettings;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.Recovery;
import waybill.storage.Limits;
import waybill.storage.Store;
import waybill.tracking.LastKnown;

/// All that the dialects stand on, for real but for the clock, with a door for tests that there is no REST in the way.
final class House implements AutoCloseable {

    static final Principal ANNA = new Principal("anna", Role.CUSTOMER, "Anna", "+47 1", null);
    static final Principal BEN = new Principal("ben", Role.CUSTOMER, null, null, null);
    static final Principal SHOP = new Principal("mia", Role.MERCHANT, "Mia", null, "acme");
    static final Principal OTHER_SHOP = new Principal("noah", Role.MERCHANT, null, null, "flowers");
    static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari", "+47 2", null);
    static final Principal OLA = new Principal("ola", Role.DRIVER, null, null, null);
    static final Principal ADMIN = new Principal("root", Role.ADMIN, null, null, null);
    static final Principal SUPPORT = new Principal("sue", Role.SUPPORT, null, null, null);

    static final Position STORE_AT = new Position(59.91, 10.75);
    static final Position DOOR_AT = new Position(59.95, 10.75);

    private static final Secret SECRET = Secret.of("thirty-two bytes, of which nobody knows");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NO_PING = Duration.ofHours(1); // a slow viewer would not answer
    private static final Duration TOKEN_LASTS = Duration.ofDays(1);

    final MovableClock clock = new MovableClock();
    private final Path data;
    private final boolean isSecured;
    private final LiveLimits limits;
    private final List<LiveSocket> sockets = new ArrayList<>();
    private Open open;

    /// What ends with the process.
    private record Open(
            Store store,
            ExecutorService readers,
            Identity identity,
            Guard guard,
            SocketServer server,
            LiveServices services,
            Live live,
            Told told,
            Newsroom newsroom,
            Orders orders,
            Clients clients,
            InetSocketAddress address) {}

    /// How far the world has been told.
    private static final class Told {
        private long position;

        synchronized void tell(LogEntry entry) {
            position = entry.position();
            notifyAll();
        }

        synchronized void await(long wanted) {
            var deadline = System.nanoTime() + PATIENCE.toNanos();
            while (position < wanted) {
                var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    throw new AssertionError("told up to " + position + " (expected: " + wanted + ")");
                }
                try {
                    wait(leftMs);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    private House(Path data, boolean isSecured, LiveLimits limits) {
        this.data = data;
        this.isSecured = isSecured;
        this.limits = limits;
        open = open();
    }

    static House secured(Path data) {
        return secured(data, LiveLimits.defaults());
    }

    static House secured(Path data, LiveLimits limits) {
        return new House(data, true, limits);
    }

    /// Where everybody is believed.
    static House inDevelopment(Path data) {
        return new House(data, false, LiveLimits.defaults());
    }

    private Open open() {
        var bell = new Bell();
        var store = Store.open(data, Limits.defaults(), bell::ring);
        var readers = Executors.newFixedThreadPool(2);
        var config = isSecured ? IdentityConfig.of(new Trust.Shared(SECRET)) : IdentityConfig.development();
        var identity = Identity.start(config, data, Revocations.inMemory(), clock, new SecureRandom());
        var guard = new Guard(identity, clock);
        var server = new SocketServer(Config.defaults()
                .withRecovery(Recovery.ofSessions())
                .withEngine(engine -> engine.withLoops(2).withPingInterval(NO_PING)));
        var orders = new Orders(
                store.journal(),
                _ -> true,
                new Orders.Rules("WB", Optional.of(Duration.ofSeconds(60)), CapsDialect::parcel));
        var clients = new Clients();
        var services = new LiveServices(
                orders,
                new FilledForms(new Placing(
                        orders, RestSettings.defaults(), Generators.timeBasedEpochGenerator()::generate, clock)),
                store.journal(),
                store.log(),
                store.book(),
                store.receipts(),
                store.checkpoints(),
                store.directory(),
                identity,
                ActiveOrders.of(store.book()),
                new LastKnown(LastKnown.DRIVERS_MAX, limits.speedMax()),
                store.tracks(),
                clients,
                readers,
                bell::ring,
                clock,
                clock::millis,
                new SecureRandom(),
                limits,
                new Abandoned.Limit(Duration.ZERO, clock));
        var live = new Live(server, guard, services);
        var told = new Told();
        var newsroom = new Newsroom(
                Newsroom.RELAY,
                store.log(),
                store.journal(),
                new Worlds(List.of(live.news(), told::tell)),
                bell,
                clock);
        newsroom.start();
        live.start();
        guard.start();
        var address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new Open(
                store, readers, identity, guard, server, services, live, told, newsroom, orders, clients, address);
    }

    /// The process ends and begins again on the same data; all clients are gone.
    void restart() {
        shut();
        open = open();
    }

    private void shut() {
        sockets.forEach(LiveSocket::close);
        sockets.clear();
        open.server.close(Duration.ZERO).toCompletableFuture().join();
        open.guard.close();
        open.live.close();
        open.newsroom.close();
        open.readers.close();
        open.identity.close();
        open.store.close();
    }

    @Override
    public void close() {
        shut();
    }

    Store store() {
        return open.store;
    }

    InetSocketAddress address() {
        return open.address;
    }

    /// Waits until all that is on disk has been told.
    void settle() {
        open.told.await(open.store.log().head());
    }

    String token(Principal principal) {
        return open.identity
                .issuer()
                .orElseGet(() -> new Issuer(SECRET, clock))
                .issue(new Grant(principal, TOKEN_LASTS));
    }

    /// What was issued until now is worth nothing any more.
    void revoke(Principal principal) {
        open.identity
                .revocations()
                .revoke(Set.of(principal.user()), clock.instant())
                .toCompletableFuture()
                .join();
    }

    LiveSocket connect(String namespace, Principal principal) {
        return connect(namespace, Map.of("token", token(principal)), "");
    }

    LiveSocket connect(String namespace, Map<String, String> auth, String query) {
        var socket = LiveSocket.connect(open.address, namespace, auth, query);
        sockets.add(socket);
        return socket;
    }

    /// Waits until the sockets of a user have received all that they were sent.
    void received(Principal principal) {
        await(() -> open.clients
                .ofUser(principal.user())
                .noneMatch(client -> client.progress().isUnconfirmed()));
    }

    /// A socket goes, when it has received all that it was sent, and the hub has seen it go.
    void leave(LiveSocket socket, Principal principal) {
        received(principal);
        socket.close();
        await(() -> open.clients.ofUser(principal.user()).findAny().isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so in " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    /// A driver says whether it wants work.
    void driverIs(Principal driver, DriverStatus status) {
        var now = clock.instant();
        open.store
                .journal()
                .submit(ledger -> Announcements.driverIs(
                        ledger,
                        new DriverState(driver.id(), status, now),
                        new HubEvent.DriverStatusChanged(driver.id(), status, null),
                        Actor.of(driver)))
                .join();
        settle();
    }

    boolean comesIn(String namespace, Principal principal) {
        return LiveSocket.comesIn(open.address, namespace, Map.of("token", token(principal)));
    }

    JSONObject refused(String namespace, Map<String, String> auth, String query) {
        return LiveSocket.refused(open.address, namespace, auth, query);
    }

    Order place(Principal customer, String store) {
        return place(customer, store, OrderState.PENDING);
    }

    Order place(@Nullable Principal customer, String store, OrderState as) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var details = new Details(
                customer == null ? null : customer.id(),
                "Anna",
                null,
                new Address("Store street 1", STORE_AT),
                new Address("Door street 2", DOOR_AT),
                List.of(new Item("rose", "Rose", 3, new Money(250, "EUR"))),
                new Money(750, "EUR"),
                new Money(50, "EUR"));
        var place = new OrderCommand.Place(id, id.toString(), as, details, "{}");
        var now = clock.instant();
        return done(open.orders
                .handle(new Orders.Request(
                        new Which.Named(store, id.toString()),
                        place,
                        new Speaker.Believed(new Actor(Actor.Kind.STORE, store)),
                        now,
                        now))
                .join());
    }

    Outcome handle(Order order, OrderCommand command, Principal by) {
        var now = clock.instant();
        return open.orders
                .handle(new Orders.Request(new Which.ById(order.id()), command, new Speaker.Known(by), now, now))
                .join();
    }

    Order does(Order order, OrderCommand command, Principal by) {
        return done(handle(order, command, by));
    }

    /// An order that is on its way with its driver.
    Order drivenBy(Principal driver) {
        var order = place(ANNA, "acme");
        does(order, new OrderCommand.Accept(), SHOP);
        does(order, new OrderCommand.MarkReady(), SHOP);
        does(order, new OrderCommand.Claim(Actor.of(driver)), driver);
        does(order, new OrderCommand.PickUp(), driver);
        return does(order, new OrderCommand.Depart(), driver);
    }

    /// A customer's order of the store acme, of 200,000 characters and more.
    Order placeLarge(Principal customer) {
        var id = new OrderId(Generators.timeBasedEpochGenerator().generate());
        var item = new Item("x".repeat(200), "y".repeat(200), 1, new Money(1, "EUR"));
        var details = new Details(
                customer.id(),
                "",
                null,
                new Address("Store street 1", STORE_AT),
                new Address("Door street 2", DOOR_AT),
                Collections.nCopies(Details.ITEMS_MAX, item),
                null,
                null);
        var now = clock.instant();
        return done(open.orders
                .handle(new Orders.Request(
                        new Which.Named("acme", id.toString()),
                        new OrderCommand.Place(id, id.toString(), OrderState.PENDING, details, "{}"),
                        new Speaker.Believed(new Actor(Actor.Kind.STORE, "acme")),
                        now,
                        now))
                .join());
    }

    LiveServices services() {
        return open.services;
    }

    int unconfirmedOrders() {
        return open.live.unconfirmedOrders();
    }

    /// As after a crash: what has happened to an order is told again.
    void tellAgain(Order order) {
        settle();
        open.store.log().history(order.id()).forEach(open.live.news()::tell);
    }

    Positions positions() {
        return open.live.positions();
    }

    OrderState state(Order order) {
        return open.store.book().byId(order.id()).orElseThrow().state();
    }

    private static Order done(Outcome outcome) {
        if (outcome instanceof Outcome.Done(var order, var _)) {
            return order;
        }
        throw new AssertionError(outcome);
    }
}
