package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.LiveTestClient.json;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.dispatch.StoredDecision;
import waybill.hub.dispatch.DispatchPreview;
import waybill.hub.dispatch.DispatchSettings.Strategy;
import waybill.order.Offer;
import waybill.order.OrderState;

/// Which drivers each strategy asks, over their sockets.
class DispatchStrategiesTest extends DispatchScenario {

    private static final Principal REMOTE = new Principal("remote", Role.DRIVER, null, null, null);

    @ParameterizedTest
    @EnumSource(names = {"MATCHING", "NEAREST", "CASCADE"})
    void oneDriverAfterTheOtherIsAskedTheNearestFirst(Strategy strategy) {
        var hub = hub(strategy);
        var near = near(hub);
        var middle = middle(hub);
        var far = far(hub);
        var order = ready(hub);
        request(near, order).answer(json("accepted", false));
        request(middle, order).answer(json("accepted", false));
        request(far, order).answer(json("accepted", true));
        hub.awaitState(order, OrderState.ASSIGNED_TO_DRIVER);
        assertThat(offers(hub, order))
                .extracting(Offer::drivers)
                .containsExactly(List.of("near"), List.of("middle"), List.of("far"));
    }

    @Test
    void aWaveAsksTheThreeNearestAndTheFirstToAcceptWins() {
        var hub = hub(Strategy.WAVE);
        var asked = List.of(near(hub), middle(hub), far(hub));
        onDuty(hub, REMOTE, 0.03);
        var order = ready(hub);
        asked.forEach(driver -> request(driver, order));
        assertThat(offers(hub, order)).extracting(Offer::drivers).containsExactly(List.of("near", "middle", "far"));

        var accept = json("order_id", order.id().toString());
        assertThat(asked.get(2).emitWithAck("delivery:accept", accept).optBoolean("ok"))
                .isTrue();

        for (var loser : asked.subList(0, 2)) {
            assertThat(loser.nextEvent("delivery:request_closed").text("reason"))
                    .isEqualTo("assigned");
            assertThat(loser.emitWithAck("delivery:accept", accept).toString()).contains("conflict");
        }
    }

    @Test
    void aWaveThatNoDriverAnswersIsFollowedByALargerOne() {
        var hub = hub(Strategy.WAVE);
        var near = near(hub);
        middle(hub);
        far(hub);
        var remote = onDuty(hub, REMOTE, 0.03);
        var order = ready(hub);
        request(near, order);
        hub.clock.advance(TIMEOUT);
        near.nextEvent("delivery:request_closed");
        nextRound(hub);
        request(remote, order);
    }

    @Test
    void aMulticastAsksAllWithinTheRadius() {
        var hub = hub(Strategy.MULTICAST);
        var inside = List.of(near(hub), middle(hub), far(hub));
        var remote = onDuty(hub, REMOTE, 0.1); // 11 km; the radius is 5
        var order = ready(hub);
        inside.forEach(driver -> request(driver, order));
        hub.awaitRelay();
        assertThat(remote.receivedEventNames()).doesNotContain("delivery:new_request");
        assertThat(remote.emitWithAck(
                                "delivery:accept", json("order_id", order.id().toString()))
                        .toString())
                .contains("conflict");
    }

    @Test
    void withoutDispatchAllAreAskedAndNoDeadlineEnds() {
        var hub = hub(Strategy.OFF);
        var drivers = List.of(near(hub), onDuty(hub, REMOTE, 0.1));
        var order = ready(hub);
        for (var driver : drivers) {
            assertThat(request(driver, order).payload().isNull("expires_at")).isTrue();
        }
    }

    @Test
    void whyAnOrderWasOfferedToTheNearestIsStoredToo() {
        var hub = hub(Strategy.MATCHING); // of two drivers, the nearer one is asked
        var near = near(hub);
        middle(hub);
        var order = ready(hub);
        request(near, order);
        hub.store().journal().submit(_ -> true).join(); // after what was submitted before

        var decision = hub.store()
                .decisions()
                .listDecisions(order.id(), Long.MAX_VALUE, 10)
                .getFirst()
                .decision();

        assertThat(decision.reason()).isEqualTo(Reason.EARLIEST);
        assertThat(decision.driver()).contains("near");
        assertThat(decision.candidates())
                .extracting(StoredDecision.Candidate::driver)
                .containsExactly("near", "middle");
        assertThat(DispatchPreview.replay(decision, decision.weights())
                        .trip()
                        .map(trip -> trip.driver().id()))
                .as("decided by the matching")
                .contains("near");
    }
}
