package waybill.server.live;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.json.JSONObject;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Person;
import waybill.geo.Position;
import waybill.hub.HubCommands;
import waybill.hub.OrderCommandHandler;
import waybill.hub.alert.AlertThresholds;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.position.PositionPipeline;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderState;
import waybill.server.Parts;
import waybill.server.cluster.LocalBus;
import waybill.server.identity.Grant;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.socket.SocketLimits;
import waybill.socketio.adapter.Adapter;
import waybill.storage.Store;

/// The parts of a hub that serve the dialects, as `serve` wires them, but with a clock that tests move and without
/// HTTP.
final class DialectServerFixture extends OrderScenario implements AutoCloseable {

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

    static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(1);

    final MovableClock clock = new MovableClock();
    private final DialectServerSettings settings;
    private final List<LiveTestClient> sockets = new ArrayList<>();
    private RunningServer open;

    private DialectServerFixture(DialectServerSettings settings) {
        this.settings = settings;
        open = settings.start(clock);
    }

    static DialectServerFixture secured(Path data) {
        return new DialectServerFixture(DialectServerSettings.of(data));
    }

    static DialectServerFixture secured(Path data, SocketLimits limits) {
        return new DialectServerFixture(DialectServerSettings.of(data).withLimits(limits));
    }

    /// A hub that dispatches.
    static DialectServerFixture dispatching(Path data, DispatchSettings dispatch) {
        return new DialectServerFixture(DialectServerSettings.of(data).withDispatch(dispatch));
    }

    /// A node whose sockets are reached through that adapter, too.
    static DialectServerFixture node(Path data, Adapter.Factory adapter) {
        return new DialectServerFixture(DialectServerSettings.of(data).withAdapter(adapter));
    }

    /// A node that shares its positions, too.
    static DialectServerFixture node(Path data, Adapter.Factory adapter, LocalBus bus) {
        return new DialectServerFixture(
                DialectServerSettings.of(data).withAdapter(adapter).withBus(bus));
    }

    /// A node that opens alerts.
    static DialectServerFixture alerting(Path data, Adapter.Factory adapter, AlertThresholds alerts) {
        return new DialectServerFixture(
                DialectServerSettings.of(data).withAdapter(adapter).withAlerts(alerts));
    }

    /// Another node on the same store.
    DialectServerFixture otherNode(Adapter.Factory itsAdapter) {
        return new DialectServerFixture(settings.withAdapter(itsAdapter).besides(open));
    }

    /// In development mode, where clients are believed without a token.
    static DialectServerFixture inDevelopment(Path data) {
        return new DialectServerFixture(DialectServerSettings.of(data).inDevelopment());
    }

    /// The process ends and begins again on the same data; all clients are gone.
    void restart() {
        close();
        open = settings.start(clock);
    }

    @Override
    public void close() {
        sockets.forEach(LiveTestClient::close);
        sockets.clear();
        open.close();
    }

    Store store() {
        return open.store();
    }

    @Override
    OrderCommandHandler orders() {
        return open.parts().core().orders();
    }

    @Override
    InstantSource clock() {
        return clock;
    }

    @Override
    void registerDriver(String driver) {
        var user = new UserId(Role.DRIVER, driver);
        if (store().directory().findPerson(user).isEmpty()) {
            store().journal()
                    .submit(work -> {
                        work.save(new Person(driver, Role.DRIVER, null, null));
                        return true;
                    })
                    .join();
        }
    }

    InetSocketAddress address() {
        return open.address();
    }

    /// Waits until every event on the disk has been published.
    void awaitRelay() {
        await(() -> open.sockets().relayRunner().lag() == 0);
    }

    /// Moves the clock and waits for the round of dispatch that is due by it, and what it decided.
    void advanceToRound(Duration time) {
        var rounds = open.sockets().dispatcher().rounds();
        clock.advance(time);
        await(() -> open.sockets().dispatcher().rounds() > rounds);
        store().journal().submit(_ -> true).join();
        awaitRelay();
    }

    /// Waits for the round that a node begins with: the next one is due when the clock moves.
    void awaitFirstRound() {
        await(() -> open.sockets().dispatcher().rounds() > 0);
    }

    void awaitAcknowledgedOffers() {
        await(() -> open.sockets().live().deliveryRequests().unacknowledged() == 0);
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
    /// Waits until the hub has found out where the events of the user's sockets begin.
    void awaitLive(Principal principal) {
        await(() -> open.clients().ofUser(principal.user()).allMatch(ClientSession::isLive));
    }

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
                .submit(ledger -> HubCommands.setDriver(
                        ledger, new DriverState(driver.id(), status, now), Optional.empty(), Actor.of(driver), now))
                .join();
        awaitRelay();
    }

    boolean isAdmitted(String namespace, Principal principal) {
        return LiveTestClient.isAdmitted(open.address(), namespace, Map.of("token", token(principal)));
    }

    JSONObject connectError(String namespace, Map<String, String> auth, String query) {
        return LiveTestClient.connectError(open.address(), namespace, auth, query);
    }

    Parts parts() {
        return open.parts();
    }

    ClientRegistry clients() {
        return open.clients();
    }

    void awaitUnconfirmedOrders(int count) {
        await(() -> unconfirmedOrders() == count);
    }

    /// Waits until the node has that position of the driver, whichever node has received it.
    void awaitPosition(String driver, Position position) {
        await(() -> parts().core()
                .driverPositions()
                .find(driver)
                .filter(state -> state.newest().position().equals(position))
                .isPresent());
    }

    void awaitOffDuty(String driver) {
        await(() -> !parts().core().driversOnDuty().isOnDuty(driver));
    }

    void awaitWritable() {
        await(() -> store().isWritable());
    }

    void awaitState(Order order, OrderState state) {
        await(() -> state(order) == state);
    }

    int unconfirmedOrders() {
        return open.sockets().live().confirmations().unconfirmed();
    }

    /// As after a crash: the events of an order are published again.
    void tellAgain(Order order) {
        awaitRelay();
        open.store()
                .eventLog()
                .listHistory(order.id())
                .forEach(open.sockets().live().broadcaster()::onEvent);
    }

    PositionPipeline positions() {
        return open.sockets().live().positions();
    }

    OrderState state(Order order) {
        return open.store().orderQueries().findOrder(order.id()).orElseThrow().state();
    }
}
