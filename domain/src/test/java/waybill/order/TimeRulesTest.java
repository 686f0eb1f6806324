package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;

class TimeRulesTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Instant PROMISED = NOON.plusSeconds(1_800);
    private static final Instant LATE = PROMISED.plusSeconds(600);

    private Order order = OrderSamples.order(new OrderId(new UUID(1, 1)), NOON).withState(OrderState.PENDING);

    private Decision decide(OrderCommand command) {
        return OrderStateMachine.decide(order, command, _ -> true, OfferPolicy.TO_ALL, NOON);
    }

    private @Nullable OrderEvent lastEvent;

    private void happens(OrderCommand command) {
        assertThat(decide(command)).isInstanceOfSatisfying(Decision.Accepted.class, done -> {
            order = done.finalOrder();
            lastEvent = done.steps().getLast().event();
        });
    }

    @Test
    void anAcceptanceMaySayWhenTheOrderIsReady() {
        happens(new OrderCommand.Accept(LATE));
        assertThat(order.state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(order.times().readyAt()).contains(LATE);
        assertThat(lastEvent).isEqualTo(new OrderEvent.TimesSet(null, LATE));
        assertThat(decide(new OrderCommand.Accept(NOON))).isInstanceOf(Decision.AlreadyDone.class);
    }

    @Test
    void anAcceptanceWithoutATimeIsOneEvent() {
        happens(new OrderCommand.Accept());
        assertThat(lastEvent).isInstanceOf(OrderEvent.StateChanged.class);
        assertThat(order.times()).isEqualTo(OrderTimes.NONE);
    }

    @Test
    void timesAreReplacedAndCleared() {
        happens(new OrderCommand.SetTimes(LATE, NOON));
        assertThat(order.times()).isEqualTo(new OrderTimes(NOON, LATE, null));
        assertThat(decide(new OrderCommand.SetTimes(LATE, NOON))).isInstanceOf(Decision.AlreadyDone.class);
        happens(new OrderCommand.SetTimes(null, null));
        assertThat(order.times()).isEqualTo(OrderTimes.NONE);
    }

    @Test
    void anOrderHasOneOpenDelayAlert() {
        happens(new OrderCommand.OpenDelay(PROMISED, LATE));
        assertThat(lastEvent).isEqualTo(new OrderEvent.Delayed(PROMISED, LATE));
        assertThat(new OrderEvent.Delayed(PROMISED, LATE).delayMinutes()).isEqualTo(10);
        assertThat(decide(new OrderCommand.OpenDelay(PROMISED, LATE.plusSeconds(60))))
                .isInstanceOf(Decision.AlreadyDone.class);
        happens(new OrderCommand.CloseDelay(PROMISED));
        assertThat(lastEvent).isEqualTo(new OrderEvent.DelayEnded(PROMISED, PROMISED));
        assertThat(decide(new OrderCommand.CloseDelay(PROMISED))).isInstanceOf(Decision.AlreadyDone.class);
    }

    @Test
    void anOrderThatHasEndedHasNoTimesToSet() {
        order = order.withState(OrderState.DELIVERED);
        assertThat(decide(new OrderCommand.SetTimes(LATE, null))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(new OrderCommand.OpenDelay(PROMISED, LATE))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void theStoreAndAnAdministratorSetTimesAndTheHubReportsDelays() {
        var shop = new Principal("mia", Role.MERCHANT, null, null, order.store());
        var other = new Principal("noah", Role.MERCHANT, null, null, "flowers");
        var set = new OrderCommand.SetTimes(LATE, null);
        assertThat(OrderAuthorization.allows(new Caller.Authenticated(shop), set, order))
                .isTrue();
        assertThat(OrderAuthorization.allows(new Caller.Authenticated(other), set, order))
                .isFalse();
        assertThat(OrderAuthorization.allows(
                        new Caller.Authenticated(shop), new OrderCommand.OpenDelay(PROMISED, LATE), order))
                .isFalse();
    }
}
