package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.time.Duration;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverStatus;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// Viewers of a driver whose phone falls silent, and comes back.
class SignalTest extends SecuredHubTest {

    private static final Duration LOST_AFTER = Duration.ofSeconds(301);

    @Test
    void everyDialectPublishesALossAndItsEnd() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var realtime = watching("/realtime", order);
        var marketplace = fixture.connect("/marketplace", ANNA);
        var storefront = fixture.connect("/storefront", SHOP);
        storefront.emitWithAck("join:order", json("orderId", order.id().toString()));
        var kari = fixture.connect("/realtime", KARI);
        var seenAt = fixture.clock.instant();
        report(kari);
        assertThat(signal(realtime, order)).isEqualTo("live");
        fixture.clock.advance(Duration.ofMinutes(2));
        assertThat(signal(realtime, order)).isEqualTo("stale");
        fixture.clock.advance(Duration.ofSeconds(181));

        var lost = realtime.nextEvent("driver:signal_lost").payload();
        assertThat(lost.optString("orderId")).isEqualTo(order.id().toString());
        assertThat(lost.optString("driverId")).isEqualTo("kari");
        assertThat(lost.optString("lastSeenAt")).startsWith(seenAt.toString().substring(0, 19));
        assertThat(lost.optLong("ageMs")).isBetween(300_000L, 302_000L);
        assertThat(marketplace.nextEvent("driver:signal_lost").payload().optString("driver_id"))
                .isEqualTo("kari");
        assertThat(storefront.nextEvent("delivery:signal:lost").payload().optString("orderId"))
                .isEqualTo(order.id().toString());
        assertThat(signal(realtime, order)).isEqualTo("lost");

        report(kari);
        fixture.clock.advance(Duration.ofSeconds(5));
        report(kari);
        assertThat(realtime.nextEvent("driver:signal_regained").payload().optLong("ageMs"))
                .isZero();
        marketplace.nextEvent("driver:signal_regained");
        storefront.nextEvent("delivery:signal:regained");
    }

    @Test
    void beforeThePickupOnlyStaffHearsOfIt() {
        var order = fixture.execute(ready(), new OrderCommand.Claim(Actor.of(KARI)), KARI);
        fixture.awaitRelay();
        var anna = watching("/realtime", order);
        var admin = fixture.connect("/realtime", ADMIN);
        report(fixture.connect("/realtime", KARI));
        fixture.clock.advance(LOST_AFTER);
        admin.nextEvent("driver:signal_lost");
        anna.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        assertThat(anna.receivedEventNames()).doesNotContain("driver:signal_lost");
    }

    @Test
    void administratorsHearOfADriverOnDutyWithoutAnOrder() {
        fixture.setDriverStatus(KARI, DriverStatus.AVAILABLE);
        var admin = fixture.connect("/marketplace", ADMIN);
        report(fixture.connect("/realtime", KARI));
        fixture.clock.advance(LOST_AFTER);
        var lost = admin.nextEvent("driver:signal_lost").payload();
        assertThat(lost.isNull("order_id")).isTrue();
        assertThat(lost.optString("driver_id")).isEqualTo("kari");
    }

    @Test
    void afterARestartTheSnapshotSaysThatTheSignalIsLost() {
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        report(fixture.connect("/realtime", KARI));
        fixture.restart();
        fixture.clock.advance(LOST_AFTER);
        assertThat(signal(watching("/realtime", order), order)).isEqualTo("lost");
    }

    private Order ready() {
        return fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
    }

    private LiveTestClient watching(String namespace, Order order) {
        var viewer = fixture.connect(namespace, ANNA);
        viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()));
        return viewer;
    }

    private static String signal(LiveTestClient viewer, Order order) {
        return viewer.emitWithAck("subscribe:order", json("orderId", order.id().toString()))
                .optString("signal");
    }

    private static void report(LiveTestClient driver) {
        JSONObject ack = driver.emitWithAck("driver:location", json("latitude", 59.91, "longitude", 10.75));
        assertThat(ack.optString("verdict")).isEqualTo("live");
    }
}
