package waybill.tracking;

import java.util.List;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderState;

/// Which positions of an order's driver its customer and its store may see: those from the pickup until the order is
/// delivered or failed, and exact ones only while the order is the driver's next stop. Admins, support and the driver
/// see all positions while the driver has the order.
public final class PositionVisibility {

    /// The precision of the positions that customer and store see, from the pickup on.
    public enum Precision {
        EXACT,

        /// To about a kilometre.
        ROUNDED,
        HIDDEN
    }

    /// Later than every position.
    public static final long NEVER = Long.MAX_VALUE;

    private PositionVisibility() {}

    /// Whether the role sees the driver also before the pickup and after a failed delivery.
    public static boolean seesAllPositions(Role role) {
        return switch (role) {
            case ADMIN, SUPPORT, DRIVER -> true;
            case CUSTOMER, MERCHANT, SERVICE -> false;
        };
    }

    /// Whether customer and store see the driver in this state.
    public static boolean isVisible(OrderState state) {
        return switch (state) {
            case PICKED_UP, IN_TRANSIT -> true;
            case NEW,
                    PENDING,
                    PAYMENT_CONFIRMED,
                    ACCEPTED,
                    PREPARING,
                    READY_FOR_PICKUP,
                    ASSIGNED_TO_DRIVER,
                    DELIVERED,
                    CANCELLED,
                    DECLINED,
                    EXPIRED,
                    FAILED,
                    RETURNED -> false;
        };
    }

    /// Since when customer and store see the current driver of the order, in milliseconds since 1970; [#NEVER] if
    /// they do not.
    public static long visibleSinceMs(List<LogEntry> history) {
        var assignments = visibleAssignments(history);
        return assignments.isEmpty() || assignments.getLast().untilMs() != DriverAssignment.ONGOING
                ? NEVER
                : assignments.getLast().fromMs();
    }

    /// The parts of the drivers' assignments that customer and store may see, oldest first.
    public static List<DriverAssignment> visibleAssignments(List<LogEntry> history) {
        return DriverAssignment.fromHistory(history.stream()
                .map(entry -> entry.order()
                        .map(order -> withVisibleDriver(entry, order))
                        .orElse(entry))
                .toList());
    }

    /// The rest of `own` after the stops of other orders: an order that its driver had in hand at the same time, and
    /// that ended first, was a stop before. What a driver drove until then leads to another customer.
    ///
    /// @param others those of other orders
    public static List<DriverAssignment> afterStopsBefore(List<DriverAssignment> own, List<DriverAssignment> others) {
        return own.stream()
                .map(leg -> new DriverAssignment(leg.driver(), startAfter(leg, others), leg.untilMs()))
                .toList();
    }

    private static long startAfter(DriverAssignment leg, List<DriverAssignment> others) {
        return others.stream()
                .filter(other -> other.driver().equals(leg.driver()) && other.untilMs() < leg.untilMs())
                .mapToLong(DriverAssignment::untilMs)
                .reduce(leg.fromMs(), Math::max);
    }

    /// A copy of the entry in which the order has a driver only while that driver is visible.
    private static LogEntry withVisibleDriver(LogEntry entry, Order order) {
        return isVisible(order.state()) || order.driverOrNone() == null
                ? entry
                : entry.withOrder(order.withoutDriver());
    }
}
