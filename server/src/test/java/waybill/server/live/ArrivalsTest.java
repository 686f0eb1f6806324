package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.DROPOFF_POSITION;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.DialectServerFixture.STORE_POSITION;
import static waybill.server.live.LiveTestClient.json;

import java.time.Duration;
import java.time.Instant;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;

/// Arrivals on their way from a driver's positions to the clients of all dialects.
class ArrivalsTest extends SecuredHubTest {

    @Test
    void aDriverArrivesAtTheStoreAndThenAtTheCustomer() {
        var order = assigned();
        var shop = fixture.connect("/realtime", SHOP);
        var anna = fixture.connect("/realtime", ANNA);
        var kari = fixture.connect("/realtime", KARI);

        stay(kari, STORE_POSITION);
        var arriving = shop.nextEvent("driver:arriving").payload();
        assertThat(arriving.optString("orderId")).isEqualTo(order.id().toString());
        assertThat(arriving.optString("driverId")).isEqualTo("kari");
        assertThat(arriving.optString("stop")).isEqualTo("pickup");
        assertThat(arriving.optInt("etaMinutes", -1)).isZero();
        var atStore = shop.nextEvent("driver:arrived").payload();
        assertThat(atStore.optString("stop")).isEqualTo("pickup");
        assertThat(atStore.optString("arrivedAt")).isEqualTo("2026-01-31T12:00:00.000Z");
        assertThat(kari.nextEvent("driver:arrived").payload().optLong("eventId"))
                .isEqualTo(atStore.optLong("eventId"));

        pickUp(order);
        fixture.clock.advance(Duration.ofMinutes(10));
        stay(kari, DROPOFF_POSITION);
        assertThat(anna.nextEvent("driver:arriving").payload().optString("stop"))
                .as("the first that she receives")
                .isEqualTo("dropoff");
        assertThat(anna.nextEvent("driver:arrived").payload().optString("stop")).isEqualTo("dropoff");
        assertThat(shop.nextEvent("driver:arrived").payload().optString("stop")).isEqualTo("dropoff");
        stay(kari, DROPOFF_POSITION);
        assertThat(anna.receivedEventNames()).doesNotContain("driver:arriving", "driver:arrived");
        assertThat(arrivalsInLog(order)).isEqualTo(4);
    }

    @Test
    void aClientThatWasAwayReceivesTheArrivalItMissed() {
        var order = assigned();
        pickUp(order);
        stay(fixture.connect("/realtime", KARI), DROPOFF_POSITION);
        fixture.awaitRelay();
        var anna = fixture.connect("/marketplace", ANNA);
        var missed = anna.nextEvent("driver:arrived").payload();
        assertThat(missed.optString("order_id")).isEqualTo(order.id().toString());
        assertThat(missed.optString("stop")).isEqualTo("dropoff");
    }

    @Test
    void afterARestartNoArrivalHappensAgain() {
        var order = assigned();
        pickUp(order);
        stay(fixture.connect("/realtime", KARI), DROPOFF_POSITION);
        fixture.awaitRelay();
        fixture.restart();
        stay(fixture.connect("/realtime", KARI), DROPOFF_POSITION);
        fixture.awaitRelay();
        assertThat(arrivalsInLog(order)).isEqualTo(2);
    }

    @Test
    void anotherDriverArrivesAnew() {
        var order = assigned();
        stay(fixture.connect("/realtime", KARI), STORE_POSITION);
        fixture.execute(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        fixture.awaitRelay();
        stay(fixture.connect("/realtime", OLA), STORE_POSITION);
        stay(fixture.connect("/realtime", KARI), STORE_POSITION);
        fixture.awaitRelay();
        assertThat(arrivalsInLog(order)).isEqualTo(4);
    }

    @Test
    void anOfflineBufferHasItsArrivalAtTheTimeOfTheVisit() {
        var order = assigned();
        pickUp(order);
        var shop = fixture.connect("/storefront", SHOP);
        fixture.clock.advance(Duration.ofMinutes(30));
        var start = fixture.clock.instant().minusSeconds(600);
        var buffer = new JSONArray();
        for (var i = 0; i < 60; i++) {
            var metres = i < 20 ? 1_000 - i * 50 : i < 40 ? 0 : (i - 40) * 50;
            buffer.put(at(north(DROPOFF_POSITION, metres), start.plusSeconds(10L * i)));
        }
        fixture.connect("/realtime", KARI).emitWithAck("driver:location", buffer);
        var arrived = shop.nextEvent("delivery:arrived").payload();
        assertThat(arrived.optString("stop")).isEqualTo("dropoff");
        assertThat(arrived.optString("message")).isEqualTo("Your driver has arrived");
        assertThat(Instant.parse(arrived.optString("arrivedAt")))
                .isBetween(start.plusSeconds(190), start.plusSeconds(210));
    }

    private Order assigned() {
        var order = fixture.place(ANNA, "acme");
        fixture.execute(order, new OrderCommand.Accept(), SHOP);
        fixture.execute(order, new OrderCommand.MarkReady(), SHOP);
        var assigned = fixture.execute(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
        fixture.awaitRelay();
        return assigned;
    }

    private void pickUp(Order order) {
        fixture.execute(order, new OrderCommand.PickUp(), KARI);
        fixture.awaitRelay();
    }

    private void stay(LiveTestClient driver, Position place) {
        for (var i = 0; i < 10; i++) {
            driver.emitWithAck("driver:location", at(place, fixture.clock.instant()));
            fixture.clock.advance(Duration.ofSeconds(5));
        }
    }

    private static JSONObject at(Position place, Instant time) {
        return json(
                "latitude",
                place.latitude(),
                "longitude",
                place.longitude(),
                "accuracy",
                5,
                "recordedAt",
                time.toString());
    }

    private static Position north(Position place, double metres) {
        return new Position(place.latitude() + metres / Position.METRES_PER_DEGREE, place.longitude());
    }

    private long arrivalsInLog(Order order) {
        return fixture.store().eventLog().listHistory(order.id()).stream()
                .filter(entry -> entry.event() instanceof OrderEvent event
                        && event.atStop().isPresent())
                .count();
    }
}
