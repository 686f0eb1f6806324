package waybill.hub.position;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.order.OrderId;
import waybill.tracking.FixOutcome;

/// The result of a driver's report.
public sealed interface ReportOutcome {

    /// The results of a list.
    ///
    /// @param rejected the rejected ones; they do not affect the others
    /// @param outcomes one for each in their order, empty for a rejected one
    record ListOutcome(List<RejectedPosition> rejected, List<Optional<FixOutcome>> outcomes) {}

    /// It was received.
    ///
    /// @param orderOrNone the order of the position, if it is only one
    /// @param outcome the result; of a list, the most useful one
    /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
    /// @param listOrNone the result of each, if it was a list
    record Received(
            @Nullable OrderId orderOrNone,
            Instant at,
            FixOutcome outcome,
            long clockOffsetMs,
            @Nullable ListOutcome listOrNone)
            implements ReportOutcome {

        Received with(ListOutcome list) {
            return new Received(orderOrNone, at, outcome, clockOffsetMs, list);
        }
    }

    /// The report names orders that are not known in memory as the driver's: they are to be looked up.
    record LookupNeeded(Set<OrderId> orders) implements ReportOutcome {

        /// The refusal if they are not looked up.
        public Refusal refusal() {
            return notAssigned(orders.iterator().next());
        }
    }

    /// It was refused.
    record Rejected(Refusal refusal) implements ReportOutcome {}

    /// The refusal of a report that names another driver's order.
    static Refusal notAssigned(OrderId order) {
        return Refusal.of(ErrorCode.FORBIDDEN, notAssignedMessage(order), "orderId");
    }

    /// The message of that refusal.
    static String notAssignedMessage(OrderId order) {
        return "order " + order + ": not one that you are busy with";
    }
}
