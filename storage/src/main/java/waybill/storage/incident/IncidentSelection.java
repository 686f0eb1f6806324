package waybill.storage.incident;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;

/// What an incident file is to have: one order, or what happened from one time, included, to another, excluded.
///
/// @param isRedacted whether names, addresses and texts of people are left out
public record IncidentSelection(
        @Nullable OrderId orderOrNone,
        @Nullable Instant fromOrNone,
        @Nullable Instant toOrNone,
        boolean isRedacted) {

    public static IncidentSelection ofOrder(OrderId order, boolean isRedacted) {
        return new IncidentSelection(order, null, null, isRedacted);
    }

    public static IncidentSelection ofTimes(Instant from, Instant to, boolean isRedacted) {
        if (!from.isBefore(to)) {
            throw new IllegalStateException("to: " + to + " (expected: after from, " + from + ")");
        }
        return new IncidentSelection(null, from, to, isRedacted);
    }
}
