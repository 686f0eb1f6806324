package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.dialect.Entries.KARI;
import static waybill.server.dialect.Entries.NOON;
import static waybill.server.dialect.Entries.ORDER;
import static waybill.server.dialect.LivePosition.Viewers.ALL;
import static waybill.server.dialect.LivePosition.Viewers.PARTIES;
import static waybill.server.dialect.LivePosition.Viewers.STAFF;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Position;
import waybill.order.OrderState;
import waybill.tracking.FixOutcome;

class StorefrontDialectTest implements DialectContract {

    private static final LivePosition LIVE = new LivePosition(
            ORDER, "jane", "acme", ALL, "kari", new Position(59.9, 10.7), Report.NOT_SAID, 4.5, NOON, 250);
    private static final LiveEta ETA = new LiveEta(ORDER, "jane", 12, 9, 18, NOON.plusSeconds(720));

    private final Dialect dialect = new StorefrontDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<String> heardEvents() {
        return List.of("register", "join:order", "leave:order", "join:delivery", "delivery:location", "ping", "sync");
    }

    @Override
    public String eventId() {
        return "eventId";
    }

    @Test
    void tellsTheCustomerAndWhoeverWatchesWhereTheDriverIs() {
        assertThat(dialect.tell(LIVE))
                .isEqualTo(Said.to(
                        List.of("user:customer:jane", "role:admin", "role:support", "order:" + ORDER, "delivery:kari"),
                        "delivery:location:update",
                        """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari",\
                "location":{"lat":59.9,"lng":10.7,"latitude":59.9,"longitude":10.7},\
                "heading":null,"speed":4.5,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250}"""));
    }

    @Test
    void beforeThePickupCustomersAndStoresAreNotToldWhereTheDriverIs() {
        var live = new LivePosition(ORDER, "jane", "acme", STAFF, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.tell(live).rooms()).doesNotContain("user:jane");
        assertThat(dialect.tell(live).exceptRooms()).containsExactlyInAnyOrder("role:customer", "role:merchant");
        assertThat(dialect.tell(LIVE).exceptRooms()).isEmpty();
    }

    @Test
    void whatIsForCustomerAndStoreReachesNobodyElse() {
        var live = new LivePosition(ORDER, "jane", "acme", PARTIES, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.tell(live).rooms()).contains("user:customer:jane");
        assertThat(dialect.tell(live).exceptRooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "role:driver");
    }

    @Test
    void aParcelWithoutACustomerHasItsWatchersAllTheSame() {
        var live = new LivePosition(ORDER, null, "acme", ALL, "kari", LIVE.position(), 0, 0, NOON, 0);
        assertThat(dialect.tell(live).rooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "order:" + ORDER, "delivery:kari");
        assertThat(dialect.tell(new LiveEta(ORDER, null, 1, 1, 2, NOON)).rooms())
                .containsExactly("order:" + ORDER);
    }

    @Test
    void tellsTheCustomerWhenItWillBeThere() {
        assertThat(dialect.tell(ETA))
                .isEqualTo(Said.to(List.of("order:" + ORDER, "user:customer:jane"), "order:eta:update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","etaMinutes":12,\
                "estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18}"""));
    }

    @Test
    void itsPageHasEverySentence() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "storefront.md"));
        for (var state : OrderState.values()) {
            if (state != OrderState.NEW) {
                assertThat(page).contains("| `" + state.word() + "` | " + StorefrontNews.message(state) + " |");
            }
        }
    }

    @Test
    void hearsNoNameThatIsLongerThanANameMayBe() {
        assertThat(dialect.hear("join:delivery", "\"" + "x".repeat(200) + "\""))
                .isEqualTo(new Heard.WatchDriver("x".repeat(200)));
        assertThat(dialect.hear("join:delivery", "\"" + "x".repeat(201) + "\""))
                .isEqualTo(new Heard.Malformed(
                        "driverId", "driverId: 201 characters (expected: text of 1..200 characters)"));
    }

    @Test
    void greetsWhoHasRegistered() {
        var kari = new Principal("kari", Role.DRIVER, null, null, null);
        assertThat(dialect.connected(kari, "x1", NOON)).isEmpty();
        assertThat(dialect.received(ORDER, NOON, FixOutcome.LIVE, 0)).isEmpty();
        assertThat(dialect.registered(kari, "x1")).hasValueSatisfying(word -> {
            assertThat(word).isEqualTo(new Word("registered", """
                    {"userId":"kari","role":"driver","socketId":"x1"}"""));
            assertThat(dialect.hear("register", word.json())).isEqualTo(new Heard.Register("kari", Role.DRIVER));
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
    void answersWhoBeginsToWatchWithHowThingsStand() {
        var order = Entries.sushi(OrderState.IN_TRANSIT, KARI);
        assertThat(dialect.snapshot(new Snapshot(order, LIVE, ETA))).isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"in_transit","message":"Your order is on its way","driverId":"kari",\
                "location":{"lat":59.9,"lng":10.7,"latitude":59.9,"longitude":10.7},\
                "eta":{"etaMinutes":12,"estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18},\
                "eventId":7}""");
        assertThat(dialect.snapshot(new Snapshot(Entries.parcel(), null, null))).isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"ready_for_pickup","message":"Your order is ready for pickup","driverId":null,\
                "location":null,"eta":null,"eventId":7}""");
    }
}
