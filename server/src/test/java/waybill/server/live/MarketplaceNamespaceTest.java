package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ADMIN;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.BEN;
import static waybill.server.live.DialectServerFixture.KARI;
import static waybill.server.live.DialectServerFixture.OLA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverStatus;
import waybill.order.Actor;
import waybill.order.OrderCommand;

/// `/marketplace`, as the official Java client meets it.
class MarketplaceNamespaceTest extends MarketplaceScenario {

    @Test
    void aTokenInTheQuerySelectsThisDialectOnTheMainNamespace() {
        var shop = fixture.connect("/", Map.of(), "token=" + fixture.token(SHOP));
        fixture.place(ANNA, "acme");
        assertThat(shop.nextEvent("merchant:new_order").payload().optInt("timer"))
                .isEqualTo(60);
    }

    @Test
    void aPositionGoesToTheCustomerWithoutAsking() {
        var anna = fixture.connect("/marketplace", ANNA);
        var order = fixture.placeInTransit(KARI);
        fixture.awaitRelay();
        var ben = fixture.connect("/marketplace", BEN);
        var late = fixture.connect("/marketplace", ANNA);
        var admin = fixture.connect("/marketplace", ADMIN);
        var kari = fixture.connect("/marketplace", KARI);
        kari.emit("driver:location_update", json("lat", 59.92, "lng", 10.75, "heading", 90, "speed", 40));
        for (var viewer : List.of(anna, late, admin, kari)) {
            var location = viewer.nextEvent("order:driver_location");
            assertThat(location.payload().optDouble("lat")).isEqualTo(59.92);
            assertThat(location.text("order_id")).isEqualTo(order.id().toString());
        }
        assertThat(ben.receivedEventNames()).isEmpty();
    }

    @Test
    void ofTwoClaimingDriversOneIsAssigned() {
        var kari = fixture.connect("/marketplace", KARI);
        var ola = fixture.connect("/marketplace", OLA);
        for (var i = 0; i < 20; i++) {
            var order = ready();
            kari.nextEvent("delivery:new_request");
            ola.nextEvent("delivery:new_request");
            var wish = json("order_id", order.id().toString());
            var one = kari.emitAsync("delivery:accept", wish);
            var other = ola.emitAsync("delivery:accept", wish);
            var answers = List.of(one.join(), other.join());
            assertThat(answers.stream().filter(answer -> answer.optBoolean("ok")))
                    .hasSize(1);
            assertThat(answers.toString()).contains("\"code\":\"conflict\"");
            var loser = answers.getFirst().optBoolean("ok") ? ola : kari;
            assertThat(loser.nextEvent("delivery:request_closed").text("order_id"))
                    .isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverMayTakeAnOrderByItsAnswer() {
        var kari = fixture.connect("/marketplace", KARI);
        var anna = fixture.connect("/marketplace", ANNA);
        var order = ready();
        kari.nextEvent("delivery:new_request").answer(json("accepted", true));
        for (var said = anna.nextEvent("order:status_update");
                !said.text("status").equals("assigned_to_driver");
                said = anna.nextEvent("order:status_update")) {
            assertThat(said.text("order_id")).isEqualTo(order.id().toString());
        }
    }

    @Test
    void aDriverThatComesIsAskedAboutWhatStillWaits() {
        var taken = ready();
        fixture.execute(taken, new OrderCommand.Claim(Actor.of(OLA)), OLA);
        var waits = ready();
        fixture.awaitRelay();
        var kari = fixture.connect("/marketplace", KARI);
        assertThat(kari.nextEvent("delivery:new_request").text("order_id"))
                .isEqualTo(waits.id().toString());
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void aReassignedDriverNoLongerReceivesTheOrder() {
        var kari = fixture.connect("/marketplace", KARI);
        var order = fixture.placeInTransit(KARI);
        fixture.execute(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        fixture.awaitRelay();
        kari.receivedEvents();
        var ola = fixture.connect("/marketplace", OLA);
        ola.emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.nextEvent("order:driver_location").text("driver_id")).isEqualTo("ola");
        fixture.execute(order, new OrderCommand.Deliver(), OLA);
        fixture.awaitRelay();
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void aDriverWithAnOrderKeepsSeeingItWhenItsEventsArePublishedAgain() {
        var order = fixture.placeInTransit(KARI);
        fixture.execute(order, new OrderCommand.Assign(Actor.of(OLA)), ADMIN);
        fixture.awaitRelay();
        var kari = fixture.connect("/marketplace", KARI);
        var ola = fixture.connect("/marketplace", OLA);
        fixture.tellAgain(order);
        ola.receivedEvents();
        kari.receivedEvents();
        ola.emitWithAck("driver:location_update", json("lat", 59.92, "lng", 10.75));
        assertThat(ola.nextEvent("order:driver_location").text("driver_id")).isEqualTo("ola");
        assertThat(kari.receivedEventNames()).isEmpty();
    }

    @Test
    void everyDialectHandsAnOrderBack() {
        var anna = fixture.connect("/marketplace", ANNA);
        for (var way : List.of(
                List.of("/marketplace", "delivery:hand_back", "order_id", "delivery:request_closed"),
                List.of("/realtime", "driver:hand_back", "orderId", "driver:assignment_ended"),
                List.of("/delivery", "delivery:handback", "orderId", "order:unassigned"))) {
            var order = ready();
            fixture.execute(order, new OrderCommand.Claim(Actor.of(KARI)), KARI);
            fixture.awaitRelay();
            anna.receivedEvents();
            var kari = fixture.connect(way.get(0), KARI);
            var ack = kari.emitWithAck(way.get(1), json(way.get(2), order.id().toString(), "reason", "flat tyre"));
            assertThat(ack.optLong("eventId")).as(ack.toString()).isPositive();
            var ended = kari.nextEvent(way.get(3));
            assertThat(ended.text(way.get(2))).isEqualTo(order.id().toString());
            assertThat(ended.text("reason")).isEqualTo("handed_back");
            var status = anna.nextEvent("order:status_update");
            assertThat(status.text("status")).isEqualTo("ready_for_pickup");
            assertThat(status.text("previous_status")).isEqualTo("assigned_to_driver");
            assertThat(status.text("reason")).isEqualTo("flat tyre");
            fixture.execute(order, new OrderCommand.Cancel("over"), ADMIN);
            fixture.disconnect(kari, KARI);
        }
    }

    @Test
    void anOfflineDriverGetsRequestsOnlyOnceItIsOnline() {
        var kari = fixture.connect("/marketplace", KARI);
        fixture.setDriverStatus(KARI, DriverStatus.OFFLINE);
        var order = ready();
        fixture.awaitRelay();
        assertThat(kari.receivedEventNames()).doesNotContain("delivery:new_request");
        fixture.setDriverStatus(KARI, DriverStatus.AVAILABLE);
        assertThat(kari.nextEvent("delivery:new_request").text("order_id"))
                .isEqualTo(order.id().toString());
        fixture.setDriverStatus(KARI, DriverStatus.OFFLINE);
        fixture.restart();
        var back = fixture.connect("/marketplace", KARI);
        assertThat(back.receivedEventNames()).doesNotContain("delivery:new_request");
    }
}
