package waybill.server.dialect.marketplace;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.hub.position.PositionUpdate.Viewers.ALL;
import static waybill.hub.position.PositionUpdate.Viewers.PARTIES;
import static waybill.hub.position.PositionUpdate.Viewers.STAFF;
import static waybill.server.dialect.SampleEntries.KARI;
import static waybill.server.dialect.SampleEntries.NOON;
import static waybill.server.dialect.SampleEntries.ORDER;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

class MarketplaceDialectTest implements DialectContract {

    private static final PositionUpdate LIVE =
            new PositionUpdate(ORDER, "jane", "acme", ALL, "kari", new Position(12.9716, 77.5946), 90, 40, NOON, 250);
    private static final EtaUpdate ETA =
            new EtaUpdate(ORDER, "jane", 12, 9, 18, NOON.plusSeconds(720), EtaSource.LEARNT);

    private final Dialect dialect = new MarketplaceDialect();

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public List<String> clientEvents() {
        return List.of(
                "driver:location_update",
                "merchant:accept",
                "merchant:decline",
                "delivery:accept",
                "delivery:decline",
                "order:subscribe",
                "order:unsubscribe",
                "sync");
    }

    @Override
    public String eventId() {
        return "event_id";
    }

    @Test
    void rendersARateHint() {
        assertThat(dialect.renderRateHint(5_000))
                .isEqualTo(new DirectMessage("driver:rate_hint", "{\"interval_ms\":5000}"));
    }

    @Test
    void rendersThePositionToWatchers() {
        assertThat(dialect.render(LIVE))
                .isEqualTo(RoomMessage.to(List.of("order_" + ORDER, "admin_updates"), "order:driver_location", """
                {"lat":12.9716,"lng":77.5946,"heading":90.0,"speed":40.0,"recorded_at":"2026-01-31T12:00:00.120Z",\
                "age_ms":250,"order_id":"019c0f3e-8000-7000-8000-000000000001","driver_id":"kari"}"""));
    }

    @Test
    void rendersTheEtaToWatchers() {
        assertThat(dialect.render(ETA)).isEqualTo(RoomMessage.to(List.of("order_" + ORDER), "order:eta_update", """
                {"order_id":"019c0f3e-8000-7000-8000-000000000001","eta_minutes":12,\
                "estimated_delivery_time":"2026-01-31T12:12:00.120Z","low":9,"high":18,"eta_source":"learnt"}"""));
    }

    @Test
    void parsesAPositionThatItRenders() {
        assertThat(dialect.parse("driver:location_update", dialect.render(LIVE).json()))
                .isEqualTo(new ClientMessage.Positions(List.of(new PositionReport(
                        ORDER, LIVE.position(), 90, 40, PositionReport.UNKNOWN, LIVE.recordedAt()))));
    }

    @Test
    void aStoreMayTakeAnOrderByItsAnswer() {
        assertThat(dialect.parseAck("merchant:new_order", ORDER, "{\"accepted\":true}"))
                .contains(new ClientMessage.Accept(ORDER));
        assertThat(dialect.parseAck("merchant:new_order", ORDER, "{\"accepted\":false,\"reason\":\"too busy\"}"))
                .contains(new ClientMessage.Decline(ORDER, "too busy"));
        assertThat(dialect.parseAck("merchant:new_order", ORDER, "{\"accepted\":false}"))
                .contains(new ClientMessage.Decline(ORDER, ""));
    }

    @Test
    void aDriverMayTakeAnOrderByItsAnswer() {
        assertThat(dialect.parseAck("delivery:new_request", ORDER, "{\"accepted\":true}"))
                .contains(new ClientMessage.AcceptOffer(ORDER));
        assertThat(dialect.parseAck("delivery:new_request", ORDER, "{\"accepted\":false,\"reason\":\"too far\"}"))
                .contains(new ClientMessage.DeclineOffer(ORDER, "too far"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "true",
                "\"ok\"",
                "{}",
                "[]",
                "{\"accepted\":\"true\"}",
                "{\"accepted\":1}",
                "{\"accepted\":null}",
                "{\"accepted\":{\"accepted\":true}}",
                "[{\"accepted\":true}]",
                "{\"accepted\":false,\"reason\":7}",
                "{\"accepted\":true"
            })
    void anyOtherAckIsOnlyAConfirmation(String json) {
        assertThat(dialect.parseAck("merchant:new_order", ORDER, json)).isEmpty();
    }

    @Test
    void anAckOfAnotherEventIsOnlyAConfirmation() {
        assertThat(dialect.parseAck("order:status_update", ORDER, "{\"accepted\":true}"))
                .isEmpty();
    }

    @Test
    void putsEachRoleIntoItsRooms() {
        assertThat(dialect.rooms(new Principal("jane", Role.CUSTOMER, null, null, null)))
                .containsExactlyInAnyOrder("customer_jane", "customers");
        assertThat(dialect.rooms(new Principal("mo", Role.MERCHANT, null, null, "acme-widgets")))
                .containsExactlyInAnyOrder("user_merchant_mo", "merchants", "merchant_acme-widgets");
        assertThat(dialect.rooms(new Principal("kari", Role.DRIVER, null, null, null)))
                .containsExactlyInAnyOrder("driver_kari", "drivers");
        assertThat(dialect.rooms(new Principal("ada", Role.ADMIN, null, null, null)))
                .containsExactlyInAnyOrder("user_admin_ada", "admin_updates", "admins");
        assertThat(dialect.rooms(new Principal("sam", Role.SUPPORT, null, null, null)))
                .containsExactlyInAnyOrder("user_support_sam", "admin_updates", "support");
    }

    @Test
    void rejectsAReasonOverTheLimit() {
        assertThat(dialect.parse("merchant:decline", declined("x".repeat(500))))
                .isEqualTo(new ClientMessage.Decline(ORDER, "x".repeat(500)));
        assertThat(dialect.parse("merchant:decline", declined("x".repeat(501))))
                .isEqualTo(new ClientMessage.Malformed(
                        "reason", "reason: 501 characters (expected: text of 0..500 characters)"));
    }

    private static String declined(String reason) {
        return "{\"order_id\":\"" + ORDER + "\",\"reason\":\"" + reason + "\"}";
    }

    @Test
    void beforeThePickupCustomersAndStoresGetNoPosition() {
        var live = new PositionUpdate(ORDER, "jane", "acme", STAFF, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).exceptRooms()).containsExactlyInAnyOrder("customers", "merchant_acme");
        assertThat(dialect.render(LIVE).exceptRooms()).isEmpty();
    }

    @Test
    void whatIsForCustomerAndStoreReachesNoOtherUser() {
        var live = new PositionUpdate(ORDER, "jane", "acme", PARTIES, "kari", LIVE.position(), 90, 4, NOON, 0);
        assertThat(dialect.render(live).exceptRooms()).containsExactlyInAnyOrder("admin_updates", "drivers");
    }

    @Test
    void rendersNoGreeting() {
        var jane = new Principal("jane", Role.CUSTOMER, null, null, null);
        assertThat(dialect.renderConnected(jane, "x1", NOON)).isEmpty();
        assertThat(dialect.renderRegistered(jane, "x1")).isEmpty();
        assertThat(dialect.renderReceived(ORDER, NOON, FixOutcome.LIVE, 0)).isEmpty();
    }

    @Test
    void rendersALostSignalToThoseWhoSeeTheDriver() {
        var lost = new SignalUpdate(ORDER, "jane", "acme", ALL, "kari", true, NOON, 300_000);
        assertThat(dialect.render(lost).event()).isEqualTo("driver:signal_lost");
        assertThat(dialect.render(lost).json()).isEqualTo("""
                {"order_id":"019c0f3e-8000-7000-8000-000000000001","driver_id":"kari","last_seen_at":"2026-01-31T12:00:00.120Z","age_ms":300000}""");
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
                {"ok":true,"order_id":"019c0f3e-8000-7000-8000-000000000001","order_number":"WB-20260131-0001",\
                "status":"in_transit","driver_id":"kari","driver_location":{"lat":12.9716,"lng":77.5946,\
                "heading":90.0,"speed":40.0,"recorded_at":"2026-01-31T12:00:00.120Z","age_ms":250},\
                "signal":"live","eta":{"eta_minutes":12,"estimated_delivery_time":"2026-01-31T12:12:00.120Z","low":9,"high":18,"eta_source":"learnt"},\
                "event_id":7}""");
        assertThat(dialect.renderSnapshot(new TrackingSnapshot(SampleEntries.parcel(), null, null, null)))
                .isEqualTo("""
                {"ok":true,"order_id":"019c0f3e-8000-7000-8000-000000000001","order_number":"WB-20260131-0001",\
                "status":"ready_for_pickup","driver_id":null,"driver_location":null,"signal":null,"eta":null,"event_id":7}""");
    }
}
