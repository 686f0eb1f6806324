package waybill.dispatch;

import java.time.Duration;
import java.util.List;
import waybill.geo.Position;

/// What a driver would do: collect these orders, then deliver them in this sequence.
///
/// @param startAtMs when the driver is free to leave
/// @param leaveByMs when the driver must leave in order not to be late for the pickup
/// @param pickupAtMs when the last of the orders is picked up
/// @param deliveredAtMs when each order is delivered, in the sequence of `orders`
/// @param endsAtMs when the driver is free again
public record Trip(
        AvailableDriver driver,
        List<WaitingOrder> orders,
        long startAtMs,
        long leaveByMs,
        long pickupAtMs,
        List<Long> deliveredAtMs,
        long endsAtMs,
        TripCost cost) {

    public Trip {
        orders = List.copyOf(orders);
        deliveredAtMs = List.copyOf(deliveredAtMs);
    }

    /// Where the driver is free again.
    public Position endPosition() {
        return orders.getLast().dropoff();
    }

    /// Whether the driver is free and must leave before the time of the next decision.
    public boolean isDue(long nowMs, long nextRoundMs) {
        return startAtMs <= nowMs && leaveByMs < nextRoundMs;
    }

    /// When it will be due, with rounds so long apart.
    long dueAtMs(Duration round) {
        return Math.max(startAtMs, leaveByMs - round.toMillis() + 1);
    }
}
