package waybill.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.order.OrderId;

/// What was decided for all waiting orders, and why.
///
/// @param trips at most one of each driver
/// @param choices of every waiting order
public record DispatchDecision(List<Trip> trips, Map<OrderId, OrderChoice> choices) {

    /// Why an order has this trip, or none.
    public enum Reason {
        /// Its trip is part of the cheapest assignment of all orders.
        CHEAPEST,
        /// Its driver can pick it up first. What drivers cost was not compared.
        EARLIEST,
        /// It joined the trip of another order, which costs less than a trip of its own.
        BUNDLED,
        /// No driver can pick it up within the look-ahead and before the end of a shift, or only at a cost above that
        /// of waiting.
        NO_CANDIDATE,
        /// Its candidates have trips whose change would cost more.
        CANDIDATES_TAKEN
    }

    /// What was decided for one order.
    ///
    /// @param candidates trips with this order alone, the earliest driver first
    public record OrderChoice(OrderId order, List<Trip> candidates, Optional<Trip> trip, Reason reason) {

        public OrderChoice {
            candidates = List.copyOf(candidates);
        }
    }

    public DispatchDecision {
        trips = List.copyOf(trips);
        choices = Map.copyOf(choices);
    }
}
