package waybill.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import waybill.order.Decision.Accepted;
import waybill.order.Decision.Step;

/// Decides commands on sample orders.
final class Decided {

    private Decided() {}

    static Order orderIn(OrderState state) {
        return OrderSamples.order(new OrderId(new UUID(1, 1)), Instant.EPOCH).withState(state);
    }

    static Decision decide(Order order, OrderCommand command, Predicate<Actor> isConnected) {
        return OrderStateMachine.decide(order, command, isConnected, OfferPolicy.TO_ALL, Instant.EPOCH);
    }

    /// While every actor is connected.
    static Decision decide(Order order, OrderCommand command) {
        return decide(order, command, _ -> true);
    }

    static Accepted accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Accepted.class);
        return (Accepted) decision;
    }

    static List<OrderEvent> events(Accepted accepted) {
        return accepted.steps().stream().map(Step::event).toList();
    }

    static OrderEvent stateChanged(OrderState to, String payload) {
        return new OrderEvent.StateChanged(to, "", payload);
    }
}
