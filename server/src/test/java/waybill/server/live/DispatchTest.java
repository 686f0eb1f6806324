package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.DialectServerFixture.ANNA;
import static waybill.server.live.DialectServerFixture.SHOP;
import static waybill.server.live.LiveTestClient.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.directory.DriverStatus;
import waybill.dispatch.StoredDecision;
import waybill.hub.dispatch.DispatchPreview;
import waybill.hub.dispatch.DispatchSettings.Strategy;
import waybill.order.Actor;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderCommand;
import waybill.order.OrderState;

/// Offers from the hub's dispatch to drivers, over their sockets.
class DispatchTest extends DispatchScenario {

    @Test
    void theMatchedDriverIsAskedAloneAndADeclineGoesToTheRunnerUpAtOnce() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var middle = middle(hub);
        var far = far(hub);
        var order = ready(hub);
        var request = request(near, order);
        assertThat(request.payload().optInt("timer")).isEqualTo(30);
        assertThat(request.text("expires_at")).isEqualTo("2026-01-31T12:00:31.000Z");
        assertThat(request.text("server_time")).isEqualTo("2026-01-31T12:00:01.000Z");
        assertThat(middle.emitWithAck("delivery:accept", id(order)).toString())
                .contains("offered to other drivers now (expected: an offer to this driver)");

        request.answer(json("accepted", false, "reason", "too far")); // and the clock stands still

        var next = request(middle, order);
        assertThat(near.emitWithAck("delivery:accept", id(order)).toString()).contains("conflict", "has declined it");
        next.answer(json("accepted", true));
        hub.awaitState(order, OrderState.ASSIGNED_TO_DRIVER);
        hub.awaitRelay();
        assertThat(near.receivedEventNames()).doesNotContain("delivery:request_closed", "delivery:new_request");
        assertThat(far.receivedEventNames()).doesNotContain("delivery:request_closed", "delivery:new_request");
        assertThat(offers(hub, order)).extracting(Offer::drivers).containsExactly(List.of("near"), List.of("middle"));
    }

    @Test
    void anOfferThatNoDriverAnswersExpiresAndTheNextDriverIsAsked() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var middle = middle(hub);
        far(hub);
        var order = ready(hub);
        request(near, order);
        hub.clock.advance(TIMEOUT);
        var closed = near.nextEvent("delivery:request_closed");
        assertThat(closed.text("reason")).isEqualTo("expired");
        assertThat(near.emitWithAck("delivery:accept", id(order)).toString()).contains("conflict");
        nextRound(hub);
        request(middle, order);
        assertThat(middle.emitWithAck("delivery:accept", id(order)).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void anAcceptanceAfterTheDeadlineIsAConflict() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var order = ready(hub);
        request(near, order);
        hub.clock.advance(TIMEOUT);
        assertThat(near.emitWithAck("delivery:accept", id(order)).toString()).contains("conflict");
        assertThat(state(hub, order)).isEqualTo(OrderState.READY_FOR_PICKUP);
    }

    @Test
    void aDriverThatGoesOffDutyIsAskedNoMore() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var middle = middle(hub);
        far(hub);
        var order = ready(hub);
        request(near, order);
        hub.setDriverStatus(NEAR, DriverStatus.OFFLINE);
        assertThat(near.nextEvent("delivery:request_closed").text("reason")).isEqualTo("withdrawn");
        request(middle, order);
    }

    @Test
    void anOfferAndItsDeadlineSurviveARestart() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var order = ready(hub);
        request(near, order);
        hub.clock.advance(TIMEOUT.dividedBy(2));
        hub.restart();
        var again = hub.connect("/marketplace", NEAR);
        var request = request(again, order);
        assertThat(request.text("expires_at")).isEqualTo("2026-01-31T12:00:31.000Z");
        assertThat(request.text("server_time")).isEqualTo("2026-01-31T12:00:16.000Z");
        hub.clock.advance(TIMEOUT.dividedBy(2));
        assertThat(again.nextEvent("delivery:request_closed").text("reason")).isEqualTo("expired");
    }

    @Test
    void ofTwoNodesOneMakesAnOffer() {
        var hub = hub(Strategy.MATCHING);
        try (var other = hub.otherNode((_, local) -> local)) {
            var near = near(hub);
            var middle = middle(hub);
            far(hub);
            other.awaitRelay();
            var order = ready(hub);
            other.clock.advance(ROUND);
            request(near, order);
            hub.clock.advance(TIMEOUT);
            near.nextEvent("delivery:request_closed");
            nextRound(hub);
            request(middle, order);
            assertThat(offers(hub, order)).extracting(Offer::round).containsExactly(1, 2);
        }
    }

    @Test
    void withoutAFreshPositionAllDriversAreAskedOnceTheOrderIsReady() {
        var hub = hub(Strategy.MATCHING);
        var near = hub.connect("/marketplace", NEAR);
        var off = hub.connect("/marketplace", FAR);
        hub.setDriverStatus(FAR, DriverStatus.OFFLINE);
        var order = ready(hub);
        request(near, order);
        assertThat(offers(hub, order)).allMatch(Offer::isToAll);
        assertThat(off.receivedEventNames()).doesNotContain("delivery:new_request");
        for (var round = 2; round <= 8; round++) {
            hub.clock.advance(TIMEOUT);
            near.nextEvent("delivery:request_closed");
            nextRound(hub);
            request(near, order);
        }
        hub.clock.advance(TIMEOUT);
        near.nextEvent("delivery:request_closed");
        nextRound(hub);
        assertThat(request(near, order).payload().isNull("expires_at"))
                .as("the last offer has no deadline")
                .isTrue();
        hub.clock.advance(TIMEOUT.multipliedBy(10));
        assertThat(near.emitWithAck("delivery:accept", id(order)).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void anAssignmentByTheStoreClosesTheOffer() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        middle(hub);
        var order = ready(hub);
        request(near, order);
        hub.execute(order, new OrderCommand.Assign(Actor.of(FAR)), SHOP);
        assertThat(near.nextEvent("delivery:request_closed").text("reason")).isEqualTo("assigned");
        assertThat(near.emitWithAck("delivery:accept", id(order)).toString()).contains("conflict", "another driver's");
    }

    @Test
    void anOrderThatIsHandedBackGoesToAnotherDriver() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var middle = middle(hub);
        far(hub);
        var order = ready(hub);
        request(near, order).answer(json("accepted", true));
        hub.awaitState(order, OrderState.ASSIGNED_TO_DRIVER);
        assertThat(near.emitWithAck(
                                "delivery:hand_back",
                                json("order_id", order.id().toString(), "reason", "flat tyre"))
                        .optBoolean("ok"))
                .isTrue();
        nextRound(hub);
        request(middle, order);
        hub.clock.advance(TIMEOUT);
        middle.nextEvent("delivery:request_closed");
        nextRound(hub);
        hub.awaitRelay();
        assertThat(offers(hub, order)).extracting(Offer::drivers).startsWith(List.of("near"), List.of("middle"));
        assertThat(near.receivedEventNames()).doesNotContain("delivery:new_request");
    }

    @Test
    void whyAnOrderGotItsDriverIsStoredOnceItIsAsked() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        middle(hub);
        far(hub);
        var order = ready(hub);
        request(near, order);
        hub.store().journal().submit(_ -> true).join(); // after what was submitted before

        var stored = hub.store().decisions().listDecisions(order.id(), Long.MAX_VALUE, 10);

        assertThat(stored).hasSize(1);
        var decision = stored.getFirst().decision();
        assertThat(decision.driver()).contains("near");
        assertThat(decision.candidates())
                .extracting(StoredDecision.Candidate::driver)
                .containsExactly("near", "middle", "far");
        assertThat(DispatchPreview.replay(decision, decision.weights())
                        .trip()
                        .map(trip -> trip.driver().id()))
                .as("decided again")
                .contains("near");
        assertThat(hub.parts().core().decisionLog().dropped()).isZero();
    }

    @Test
    void anOrderThatWillBeReadyIsOfferedWhenItsDriverMustLeave() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        middle(hub);
        far(hub);
        var order = hub.place(ANNA, "acme");
        hub.execute(order, new OrderCommand.Accept(), SHOP);
        hub.awaitRelay();
        hub.advanceToRound(ROUND);
        assertThat(offers(hub, order)).as("it is ready in a quarter of an hour").isEmpty();
        for (var minute = 1; minute < 14 && offers(hub, order).isEmpty(); minute++) {
            near.emitWithAck("driver:location_update", json("lat", 59.911, "lng", 10.75));
            hub.advanceToRound(ROUND.multipliedBy(60));
        }
        request(near, order);
        near.emitWithAck("delivery:accept", id(order));
        assertThat(state(hub, order)).as("its state is the store's").isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anOfferIsSentAgainUntilItIsAcknowledged() {
        var hub = hub(Strategy.MATCHING);
        var near = near(hub);
        var order = ready(hub);
        request(near, order);
        hub.clock.advance(ROUND.multipliedBy(10));
        var second = request(near, order);
        assertThat(second.text("server_time")).isEqualTo("2026-01-31T12:00:11.000Z");
        second.answer(json("received", true));
        hub.awaitAcknowledgedOffers();
        assertThat(near.receivedEventNames()).doesNotContain("delivery:new_request");
    }

    private static Object id(Order order) {
        return json("order_id", order.id().toString());
    }
}
