package waybill.server.dialect.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.hub.position.PositionUpdate.Viewers.ALL;
import static waybill.hub.position.PositionUpdate.Viewers.PARTIES;
import static waybill.hub.position.PositionUpdate.Viewers.STAFF;
import static waybill.server.dialect.SampleEntries.KARI;
import static waybill.server.dialect.SampleEntries.NOON;
import static waybill.server.dialect.SampleEntries.ORDER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.eta.EtaSource;
import waybill.geo.Position;
import waybill.hub.position.EtaUpdate;
import waybill.hub.position.PositionReport;
import waybill.hub.position.PositionUpdate;
import waybill.hub.position.SignalUpdate;
import waybill.hub.position.TrackingSnapshot;
import waybill.order.OrderState;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.DialectContract;
import waybill.server.dialect.DirectMessage;
import waybill.server.dialect.RoomMessage;
import waybill.server.dialect.SampleEntries;
import waybill.tracking.FixOutcome;
import waybill.tracking.Signal;

class StorefrontDialectTest implements DialectContract {

    private static final PositionUpdate LIVE = new PositionUpdate(
            ORDER, "jane", "acme", ALL, "kari", new Position(59.9, 10.7), PositionReport.UNKNOWN, 4.5, NOON, 250);
    private static final EtaUpdate ETA =
            new EtaUpdate(ORDER, "jane", 12, 9, 18, NOON.plusSeconds(720), EtaSource.LEARNT);

    private final Dialect dialect = new StorefrontDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<String> clientEvents() {
        return List.of("register", "join:order", "leave:order", "join:delivery", "delivery:location", "ping", "sync");
    }

    @Override
    public String eventId() {
        return "eventId";
    }

    @Test
    void rendersARateHint() {
        assertThat(dialect.renderRateHint(5_000))
                .isEqualTo(new DirectMessage("delivery:rate:hint", "{\"intervalMs\":5000}"));
    }

    @Test
    void rendersThePositionToCustomerAndWatchers() {
        assertThat(dialect.render(LIVE))
                .isEqualTo(RoomMessage.to(
                        List.of("user:customer:jane", "role:admin", "role:support", "order:" + ORDER, "delivery:kari"),
                        "delivery:location:update",
                        """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari",\
                "location":{"lat":59.9,"lng":10.7,"latitude":59.9,"longitude":10.7},\
                "heading":null,"speed":4.5,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250}"""));
    }

    @Test
    void beforeThePickupCustomersAndStoresGetNoPosition() {
        var live = new PositionUpdate(ORDER, "jane", "acme", STAFF, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).rooms()).doesNotContain("user:jane");
        assertThat(dialect.render(live).exceptRooms()).containsExactlyInAnyOrder("role:customer", "role:merchant");
        assertThat(dialect.render(LIVE).exceptRooms()).isEmpty();
    }

    @Test
    void whatIsForCustomerAndStoreReachesNoOtherUser() {
        var live = new PositionUpdate(ORDER, "jane", "acme", PARTIES, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).rooms()).contains("user:customer:jane");
        assertThat(dialect.render(live).exceptRooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "role:driver");
    }

    @Test
    void aParcelWithoutACustomerHasItsWatchersAllTheSame() {
        var live = new PositionUpdate(ORDER, null, "acme", ALL, "kari", LIVE.position(), 0, 0, NOON, 0);
        assertThat(dialect.render(live).rooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "order:" + ORDER, "delivery:kari");
        assertThat(dialect.render(new EtaUpdate(ORDER, null, 1, 1, 2, NOON, EtaSource.STORE))
                        .rooms())
                .containsExactly("order:" + ORDER);
    }

    @Test
    void rendersTheEtaToTheCustomer() {
        assertThat(dialect.render(ETA))
                .isEqualTo(RoomMessage.to(List.of("order:" + ORDER, "user:customer:jane"), "order:eta:update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","etaMinutes":12,\
                "estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18,"etaSource":"learnt"}"""));
    }

    @Test
    void itsPageHasEverySentence() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "storefront.md"));
        for (var state : OrderState.values()) {
            if (state != OrderState.NEW) {
                assertThat(page).contains("| `" + state.wireName() + "` | " + StorefrontEvents.message(state) + " |");
            }
        }
    }

    @Test
    void rejectsANameOverTheLimit() {
        assertThat(dialect.parse("join:delivery", "\"" + "x".repeat(200) + "\""))
                .isEqualTo(new ClientMessage.WatchDriver("x".repeat(200)));
        assertThat(dialect.parse("join:delivery", "\"" + "x".repeat(201) + "\""))
                .isEqualTo(new ClientMessage.Malformed(
                        "driverId", "driverId: 201 characters (expected: text of 1..200 characters)"));
    }

    @Test
    void rendersTheRegisteredEvent() {
        var kari = new Principal("kari", Role.DRIVER, null, null, null);
        assertThat(dialect.renderConnected(kari, "x1", NOON)).isEmpty();
        assertThat(dialect.renderReceived(ORDER, NOON, FixOutcome.LIVE, 0)).isEmpty();
        assertThat(dialect.renderRegistered(kari, "x1")).hasValueSatisfying(word -> {
            assertThat(word).isEqualTo(new DirectMessage("registered", """
                    {"userId":"kari","role":"driver","socketId":"x1"}"""));
            assertThat(dialect.parse("register", word.json()))
                    .isEqualTo(new ClientMessage.Register("kari", Role.DRIVER));
        });
    }

    @Test
    void putsEachRoleIntoItsRooms() {
        assertThat(dialect.rooms(new Principal("mo", Role.MERCHANT, null, null, "acme-widgets")))
                .containsExactlyInAnyOrder("user:merchant:mo", "role:merchant", "store:acme-widgets");
        assertThat(dialect.rooms(new Principal("ada", Role.ADMIN, null, null, null)))
                .containsExactlyInAnyOrder("user:admin:ada", "role:admin");
        assertThat(dialect.driverRoom("kari")).isEqualTo("delivery:kari");
    }

    @Test
    void rendersALostSignalToThoseWhoSeeTheDriver() {
        var lost = new SignalUpdate(ORDER, "jane", "acme", ALL, "kari", true, NOON, 300_000);
        assertThat(dialect.render(lost).event()).isEqualTo("delivery:signal:lost");
        assertThat(dialect.render(lost).json()).isEqualTo("""
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari","lastSeenAt":"2026-01-31T12:00:00.120Z","ageMs":300000}""");
        assertThat(dialect.render(lost).exceptRooms()).isEmpty();
        assertThat(dialect.render(lost).rooms()).contains(dialect.orderRoom(ORDER));
        var staff = new SignalUpdate(ORDER, "jane", "acme", STAFF, "kari", false, NOON, 0);
        assertThat(dialect.render(staff).event()).isEqualTo("delivery:signal:regained");
        assertThat(dialect.render(staff).exceptRooms()).isNotEmpty();
        var idle = new SignalUpdate(null, null, null, STAFF, "kari", true, NOON, 300_000);
        assertThat(dialect.render(idle).json()).contains("\"kari\"", "null");
    }

    @Test
    void rendersTheSnapshot() {
        var order = SampleEntries.sushi(OrderState.IN_TRANSIT, KARI);
        assertThat(dialect.renderSnapshot(new TrackingSnapshot(order, LIVE, Signal.LIVE, ETA)))
                .isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"in_transit","message":"Your order is on its way","driverId":"kari",\
                "location":{"lat":59.9,"lng":10.7,"latitude":59.9,"longitude":10.7},\
                "signal":"live","eta":{"etaMinutes":12,"estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18,"etaSource":"learnt"},\
                "eventId":7}""");
        assertThat(dialect.renderSnapshot(new TrackingSnapshot(SampleEntries.parcel(), null, null, null)))
                .isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"ready_for_pickup","message":"Your order is ready for pickup","driverId":null,\
                "location":null,"signal":null,"eta":null,"eventId":7}""");
    }
}
