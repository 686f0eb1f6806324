package waybill.server.live;

import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.OTHER_SHOP;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import waybill.directory.DriverStatus;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.marketplace.MarketplaceDialect;
import waybill.server.dialect.realtime.RealtimeDialect;
import waybill.server.dialect.storefront.StorefrontDialect;
import waybill.storage.Store;

/// A day of a hub, and what an administrator on each namespace was sent then: two orders with their drivers' positions,
/// a driver that was offline, a cancellation, and an event without an order.
public final class RecordedDay implements AutoCloseable {

    /// The namespaces, by dialect.
    private static final Map<String, String> NAMESPACES =
            Map.of("realtime", "/realtime", "marketplace", "/marketplace", "storefront", "/storefront");

    private static final Map<String, Dialect> DIALECTS = Map.of(
            "realtime", new RealtimeDialect(),
            "marketplace", new MarketplaceDialect(),
            "storefront", new StorefrontDialect());

    /// Far from all stops: of an arrival and the position that shows it, either may be published first.
    private static final double LATITUDE = 60.4;

    /// Some eleven metres to the north.
    private static final double STEP = 0.0001;

    /// An event as a client got it.
    public record Sent(String event, String json) {}

    private final DialectServerFixture fixture;
    private final Map<String, LiveTestClient> admins = new LinkedHashMap<>();
    private final Map<String, List<Sent>> live = new LinkedHashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final Instant from;
    private final Instant to;

    private RecordedDay(DialectServerFixture fixture) {
        this.fixture = fixture;
        from = fixture.clock.instant();
        NAMESPACES.forEach((dialect, namespace) -> {
            var admin = fixture.connect(namespace, ADMIN);
            admin.receivedEvents();
            admins.put(dialect, admin);
        });
        run();
        admins.forEach((dialect, admin) -> live.put(
                dialect,
                admin.receivedEvents().stream()
                        .map(event -> new Sent(event.event(), event.payload().toString()))
                        .filter(sent -> isRecorded(sent.event))
                        .toList()));
        store().trackLog().flush();
        fixture.clock.advance(Duration.ofSeconds(1));
        to = fixture.clock.instant();
    }

    /// Records a day in a data directory.
    public static RecordedDay on(Path data) {
        return new RecordedDay(DialectServerFixture.secured(data));
    }

    /// ETAs, and whether a driver is heard of, were computed then and are in no log.
    private static boolean isRecorded(String event) {
        return !event.contains("eta") && !event.contains("signal");
    }

    private void run() {
        var kari = fixture.connect("/realtime", KARI);
        var ola = fixture.connect("/realtime", OLA);
        store().journal().submit(_ -> true).join(); // their names are known from the first event on
        var first = place(fixture.place(ANNA, "acme"));
        advance(Duration.ofSeconds(30));
        execute(first, new OrderCommand.Accept());
        var second = place(fixture.place(BEN, "flowers"));
        advance(Duration.ofSeconds(20));
        fixture.execute(second, new OrderCommand.Accept(), OTHER_SHOP);
        settle();
        advance(Duration.ofMinutes(5));
        execute(first, new OrderCommand.MarkReady());
        fixture.setDriverStatus(KARI, DriverStatus.AVAILABLE);
        advance(Duration.ofMinutes(1));
        fixture.execute(first, new OrderCommand.Claim(Actor.of(KARI)), KARI);
        settle();
        report(kari, 0, 3);
        fixture.execute(first, new OrderCommand.PickUp(), KARI);
        settle();
        report(kari, 3, 6);
        fixture.execute(first, new OrderCommand.StartTransit(), KARI);
        settle();
        reportOffline(kari, 6, 5);
        fixture.execute(second, new OrderCommand.Cancel("closed today"), OTHER_SHOP);
        settle();
        report(kari, 12, 300);
        fixture.execute(first, new OrderCommand.Deliver(), KARI);
        settle();
        report(kari, 312, 2); // without an order
        advance(Duration.ofHours(2));
        var third = place(fixture.placeInTransit(OLA));
        advance(Duration.ofMinutes(1));
        report(ola, 0, 3);
        fixture.execute(third, new OrderCommand.Fail("nobody at home"), OLA);
        settle();
    }

    private Order place(Order order) {
        orders.add(order);
        settle();
        for (var admin : admins.entrySet()) {
            switch (admin.getKey()) {
                case "realtime" ->
                    admin.getValue()
                            .emitWithAck(
                                    "subscribe:order",
                                    json("orderId", order.id().toString()));
                case "storefront" ->
                    admin.getValue().emitWithAck("join:order", order.id().toString());
                default -> {
                    // administrators receive all of it
                }
            }
        }
        return order;
    }

    private void execute(Order order, OrderCommand command) {
        fixture.execute(order, command, SHOP);
        settle();
    }

    private void settle() {
        fixture.awaitRelay();
        advance(Duration.ofMillis(1_234));
    }

    private void report(LiveTestClient driver, int from, int count) {
        for (var i = from; i < from + count; i++) {
            driver.emitWithAck("driver:location", position(i));
            advance(Duration.ofSeconds(7));
        }
    }

    private static JSONObject position(int number) {
        return json("latitude", LATITUDE + number * STEP, "longitude", 10.75, "heading", 12.5, "speed", 3.25);
    }

    /// Positions that arrive together: the newest was published, the others are history.
    private void reportOffline(LiveTestClient driver, int from, int count) {
        var list = new JSONArray();
        for (var i = 0; i < count; i++) {
            var position = position(from + i);
            try {
                position.put(
                        "recordedAt",
                        fixture.clock.instant().minusSeconds(10L * (count - i)).toString());
            } catch (JSONException e) {
                throw new AssertionError(e);
            }
            list.put(position);
        }
        driver.emitWithAck("driver:location", list);
        advance(Duration.ofSeconds(7));
    }

    private void advance(Duration time) {
        fixture.clock.advance(time);
    }

    public Store store() {
        return fixture.store();
    }

    public Instant from() {
        return from;
    }

    public Instant to() {
        return to;
    }

    public List<Order> orders() {
        return orders;
    }

    public Set<String> dialects() {
        return NAMESPACES.keySet();
    }

    /// What an administrator with the dialect was sent, in its order.
    public List<Sent> live(String dialect) {
        return live.getOrDefault(dialect, List.of());
    }

    /// Whether that administrator was in one of the rooms.
    public static boolean reachesAdmin(String dialect, Set<String> to, Set<String> except) {
        var own = Objects.requireNonNull(DIALECTS.get(dialect));
        var rooms = new TreeSet<>(own.rooms(ADMIN));
        rooms.add(own.broadcastRoom());
        return (to.stream().anyMatch(rooms::contains) || to.stream().anyMatch(room -> room.startsWith("order")))
                && except.stream().noneMatch(rooms::contains);
    }

    DialectServerFixture fixture() {
        return fixture;
    }

    @Override
    public void close() {
        fixture.close();
    }
}
