package waybill.server.dialect.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.hub.position.PositionUpdate.Viewers.ALL;
import static waybill.hub.position.PositionUpdate.Viewers.PARTIES;
import static waybill.hub.position.PositionUpdate.Viewers.STAFF;
import static waybill.server.dialect.SampleEntries.KARI;
import static waybill.server.dialect.SampleEntries.NOON;
import static waybill.server.dialect.SampleEntries.ORDER;

import java.util.List;
import java.util.Optional;
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

class RealtimeDialectTest implements DialectContract {

    private static final PositionUpdate LIVE = new PositionUpdate(
            ORDER, "jane", "acme", ALL, "kari", new Position(0, -97.7431), 90, PositionReport.UNKNOWN, NOON, 250);
    private static final EtaUpdate ETA =
            new EtaUpdate(ORDER, "jane", 12, 9, 18, NOON.plusSeconds(720), EtaSource.LEARNT);

    private final Dialect dialect = new RealtimeDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<String> clientEvents() {
        return List.of("subscribe:order", "unsubscribe:order", "driver:location", "sync");
    }

    @Override
    public String eventId() {
        return "eventId";
    }

    @Test
    void rendersARateHint() {
        assertThat(dialect.renderRateHint(5_000))
                .isEqualTo(new DirectMessage("driver:rate_hint", "{\"intervalMs\":5000}"));
    }

    @Test
    void rendersThePositionToWatchers() {
        assertThat(dialect.render(LIVE))
                .isEqualTo(RoomMessage.to(List.of("order:" + ORDER), "driver:location_update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari","latitude":0.0,\
                "longitude":-97.7431,"heading":90.0,"speed":null,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250}"""));
    }

    @Test
    void rendersTheEtaToWatchers() {
        assertThat(dialect.render(ETA)).isEqualTo(RoomMessage.to(List.of("order:" + ORDER), "order:eta_update", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","etaMinutes":12,\
                "estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18,"etaSource":"learnt"}"""));
    }

    @Test
    void parsesAPositionThatItRenders() {
        assertThat(dialect.parse("driver:location", dialect.render(LIVE).json()))
                .isEqualTo(new ClientMessage.Positions(List.of(new PositionReport(
                        ORDER,
                        LIVE.position(),
                        90,
                        PositionReport.UNKNOWN,
                        PositionReport.UNKNOWN,
                        LIVE.recordedAt()))));
    }

    @Test
    void parsesPositionListsUpToTheLimit() {
        var one = "{\"latitude\":1,\"longitude\":2}";
        var most = "[" + (one + ",").repeat(499) + one + "]";
        assertThat(dialect.parse("driver:location", most))
                .isInstanceOfSatisfying(
                        ClientMessage.PositionList.class,
                        heard -> assertThat(heard.reports()).hasSize(500));
        assertThat(dialect.parse("driver:location", "[" + one + "," + most.substring(1)))
                .isEqualTo(
                        new ClientMessage.Malformed("payload", "payload: more than 500 positions (expected: 1..500)"));
    }

    @Test
    void rendersTheConnectedEvent() {
        var jane = new Principal("jane", Role.CUSTOMER, "Jane", null, null);
        assertThat(dialect.renderConnected(jane, "x1", NOON)).contains(new DirectMessage("connected", """
                {"userId":"jane","role":"customer","socketId":"x1","serverTime":"2026-01-31T12:00:00.120Z"}"""));
        assertThat(dialect.renderRegistered(jane, "x1")).isEmpty();
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
        assertThat(dialect.renderReceived(ORDER, NOON, FixOutcome.LIVE, 0))
                .contains(new DirectMessage("driver:location_acknowledged", """
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","receivedAt":"2026-01-31T12:00:00.120Z","verdict":"live"}"""));
        assertThat(dialect.renderReceived(null, NOON, FixOutcome.STALE, -2_000))
                .contains(new DirectMessage("driver:location_acknowledged", """
                {"orderId":null,"receivedAt":"2026-01-31T12:00:00.120Z","verdict":"stale","clockOffsetMs":-2000}"""));
    }

    @Test
    void beforeThePickupCustomersAndStoresGetNoPosition() {
        var live = new PositionUpdate(ORDER, "jane", "acme", STAFF, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).exceptRooms()).containsExactlyInAnyOrder("role:customer", "role:merchant");
        assertThat(dialect.render(LIVE).exceptRooms()).isEmpty();
    }

    @Test
    void whatIsForCustomerAndStoreReachesNoOtherUser() {
        var live = new PositionUpdate(ORDER, "jane", "acme", PARTIES, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).exceptRooms())
                .containsExactlyInAnyOrder("role:admin", "role:support", "role:driver");
    }

    @Test
    void rendersALostSignalToThoseWhoSeeTheDriver() {
        var lost = new SignalUpdate(ORDER, "jane", "acme", ALL, "kari", true, NOON, 300_000);
        assertThat(dialect.render(lost).event()).isEqualTo("driver:signal_lost");
        assertThat(dialect.render(lost).json()).isEqualTo("""
                {"orderId":"019c0f3e-8000-7000-8000-000000000001","driverId":"kari","lastSeenAt":"2026-01-31T12:00:00.120Z","ageMs":300000}""");
        assertThat(dialect.render(lost).exceptRooms()).isEmpty();
        assertThat(dialect.render(lost).rooms()).contains(dialect.orderRoom(ORDER));
        var staff = new SignalUpdate(ORDER, "jane", "acme", STAFF, "kari", false, NOON, 0);
        assertThat(dialect.render(staff).event()).isEqualTo("driver:signal_regained");
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
                "status":"in_transit","driverId":"kari","position":{"latitude":0.0,"longitude":-97.7431,\
                "heading":90.0,"speed":null,"recordedAt":"2026-01-31T12:00:00.120Z","ageMs":250},\
                "signal":"live","eta":{"etaMinutes":12,"estimatedDeliveryTime":"2026-01-31T12:12:00.120Z","low":9,"high":18,"etaSource":"learnt"},\
                "eventId":7}""");
        assertThat(dialect.renderSnapshot(new TrackingSnapshot(SampleEntries.parcel(), null, null, null)))
                .isEqualTo("""
                {"ok":true,"orderId":"019c0f3e-8000-7000-8000-000000000001","orderNumber":"WB-20260131-0001",\
                "status":"ready_for_pickup","driverId":null,"position":null,"signal":null,"eta":null,"eventId":7}""");
    }

    @Test
    void anAnswerIsNoMoreThanThat() {
        assertThat(dialect.parseAck("order:new", ORDER, "{\"accepted\":true}")).isEqualTo(Optional.empty());
    }
}
