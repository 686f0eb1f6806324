package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.dialect.Entries.KARI;
import static waybill.server.dialect.Entries.NOON;
import static waybill.server.dialect.Entries.ORDER;
import static waybill.server.dialect.LivePosition.Viewers.ALL;
import static waybill.server.dialect.LivePosition.Viewers.PARTIES;
import static waybill.server.dialect.LivePosition.Viewers.STAFF;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.geo.Position;
import waybill.order.OrderState;
import waybill.tracking.FixOutcome;

class RealtimeDialectTest implements DialectContract {

    private static final LivePosition LIVE = new LivePosition(
            ORDER, "jane", "acme", ALL, "kari", new Position(0, -97.7431), 90, Report.NOT_SAID, NOON, 250);
    private static final LiveEta ETA = new LiveEta(ORDER, "jane", 12, 9, 18, NOON.plusSeconds(720));

    private final Dialect dialect = new RealtimeDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<String> heardEvents() {
        return List.of("subscribe:order", "unsubscribe:order", "driver:location", "sync");
    }

    @Override
    public String eventId() {
        return "eventId";
    }

    @Test
    void tellsWhoWatchesAnOrderWhereItsDriverIs() {
        assertThat(dialect.tell(LIVE)).isEqualTo(Said.to(List.of("order:" + ORDER), "driver:location_update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari","latitude":0.0,\
                "longitude":-97.7431,"heading":90.0,"speed":null,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250}"""));
    }

    @Test
    void tellsWhoWatchesAnOrderWhenItWillBeThere() {
        assertThat(dialect.tell(ETA)).isEqualTo(Said.to(List.of("order:" + ORDER), "order:eta_update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","etaMinutes":12,\
                "estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18}"""));
    }

    @Test
    void hearsBackAPositionThatItSays() {
        assertThat(dialect.hear("driver:location", dialect.tell(LIVE).json()))
                .isEqualTo(new Heard.Positions(List.of(
                        new Report(ORDER, LIVE.position(), 90, Report.NOT_SAID, Report.NOT_SAID, LIVE.recordedAt()))));
    }

    @Test
    void hearsAsManyPositionsAsAPhoneMayKeepAndNoMore() {
        var one = "{\"latitude\":1,\"longitude\":2}";
        var most = "[" + (one + ",").repeat(499) + one + "]";
        assertThat(dialect.hear("driver:location", most))
                .isInstanceOfSatisfying(
                        Heard.PositionList.class,
                        heard -> assertThat(heard.reports()).hasSize(500));
        assertThat(dialect.hear("driver:location", "[" + one + "," + most.substring(1)))
                .isEqualTo(new Heard.Malformed("payload", "payload: more than 500 positions (expected: 1..500)"));
    }

    @Test
    void welcomesWhoHasConnected() {
        var jane = new Principal("jane", Role.CUSTOMER, "Jane", null, null);
        assertThat(dialect.connected(jane, "x1", NOON)).contains(new Word("connected", """
                {"userId":"jane","role":"customer","socketId":"x1","serverTime":"2026-01-31T12:00:00.120Z"}"""));
        assertThat(dialect.registered(jane, "x1")).isEmpty();
    }

    @Test
    void putsEachRoleIntoItsRooms() {
        assertThat(dialect.rooms(new Principal("jane", Role.CUSTOMER, null, null, null)))
                .containsExactlyInAnyOrder("user:customer:jane", "role:customer");
        assertThat(dialect.rooms(new Principal("mo", Role.MERCHANT, null, null, "acme-widgets")))
                .containsExactlyInAnyOrder("user:merchant:mo", "role:merchant", "store:acme-widgets");
        assertThat(dialect.rooms(new Principal("kari", Role.DRIVER, null, null, null)))
                .containsExactlyInAnyOrder("user:driver:kari", "role:driver");
    }

    @Test
    void confirmsAPosition() {
        assertThat(dialect.received(ORDER, NOON, FixOutcome.LIVE, 0))
                .contains(new Word("driver:location_acknowledged", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","receivedAt":"2026-01-31T12:00:00.120Z","verdict":"live"}"""));
        assertThat(dialect.received(null, NOON, FixOutcome.STALE, -2_000))
                .contains(new Word("driver:location_acknowledged", """
                {"orderId":null,"receivedAt":"2026-01-31T12:00:00.120Z","verdict":"stale","clockOffsetMs":-2000}"""));
    }

    @Test
    void beforeThePickupCustomersAndStoresAreNotToldWhereTheDriverIs() {
        var live = new LivePosition(ORDER, "jane", "acme", STAFF, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.tell(live).exceptRooms()).containsExactlyInAnyOrder("role:customer", "role:merchant");
        assertThat(dialect.tell(LIVE).exceptRooms()).isEmpty();
    }

    @Test
    void whatIsForCustomerAndStoreReachesNobodyElse() {
        var live = new LivePosition(ORDER, "jane", "acme", PARTIES, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.tell(live).exceptRooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "role:driver");
    }

    @Test
    void answersWhoBeginsToWatchWithHowThingsStand() {
        var order = Entries.sushi(OrderState.IN_TRANSIT, KARI);
        assertThat(dialect.snapshot(new Snapshot(order, LIVE, ETA))).isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"in_transit","driverId":"kari","position":{"latitude":0.0,"longitude":-97.7431,\
                "heading":90.0,"speed":null,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250},\
                "eta":{"etaMinutes":12,"estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18},\
                "eventId":7}""");
        assertThat(dialect.snapshot(new Snapshot(Entries.parcel(), null, null))).isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"ready_for_pickup","driverId":null,"position":null,"eta":null,"eventId":7}""");
    }

    @Test
    void anAnswerIsNoMoreThanThat() {
        assertThat(dialect.answered("order:new", ORDER, "{\"accepted\":true}")).isEqualTo(Optional.empty());
    }
}
