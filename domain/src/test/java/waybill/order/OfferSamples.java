package waybill.order;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import waybill.geo.Address;
import waybill.geo.Position;

/// Orders that are offered to drivers.
final class OfferSamples {

    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    static final OfferPolicy POLICY = new OfferPolicy(true, Optional.of(TIMEOUT));

    private static final OrderId ID = new OrderId(new UUID(7, 7));

    private OfferSamples() {}

    /// An order whose places are known, in this state.
    static Order order(OrderState state) {
        var details = new OrderDetails(
                new Customer(null, "Kari", null),
                new Address("Storgata 1", new Position(59.91, 10.75)),
                new Address("Lakkegata 2", new Position(59.92, 10.76)),
                List.of(),
                null,
                null);
        return OrderSamples.order(ID, NOON, details).withState(state);
    }

    /// An offer that ends 30 s after noon.
    static Offer offer(int round, String... drivers) {
        return new Offer(round, List.of(drivers), NOON, NOON.plus(TIMEOUT), List.of());
    }

    static Decision decide(Order order, OrderCommand command, Instant now) {
        return OrderStateMachine.decide(order, command, _ -> true, POLICY, now);
    }

    static Decision decide(Order order, OrderCommand command) {
        return decide(order, command, NOON);
    }

    /// The order after a command that must be accepted.
    static Order after(Order order, OrderCommand command) {
        return switch (decide(order, command)) {
            case Decision.Accepted accepted -> accepted.finalOrder();
            case Decision.AlreadyDone _, Decision.Refused _ ->
                throw new AssertionError(command + ": " + decide(order, command));
        };
    }
}
