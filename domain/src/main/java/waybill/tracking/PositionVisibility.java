package waybill.tracking;

import java.util.List;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.order.OrderState;

/// Which positions of an order's driver its customer and its store may see: those from the pickup until the order is
/// delivered or could not be delivered, and exactly only while the order is the driver's next stop. Admins, support and
/// the driver itself see all of them while it has the order.
public final class PositionVisibility {

    /// How exactly customer and store see where the driver is, from the pickup on.
    public enum Precision {
        EXACT,

        /// To about a kilometre.
        ROUNDED,
        HIDDEN
    }

    /// No position is as new as that.
    public static final long NEVER = Long.MAX_VALUE;

    private PositionVisibility() {}

    /// Whether who has that role sees the driver also before the pickup and after a delivery that failed.
    public static boolean seesAllPositions(Role role) {
        return switch (role) {
            case ADMIN, SUPPORT, DRIVER -> true;
            case CUSTOMER, MERCHANT -> false;
        };
    }

    /// Whether customer and store see where the driver is.
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

    /// Since when customer and store see the driver whom the order has at the end of its history, in milliseconds since
    /// 1970; [#NEVER] if they do not.
    public static long visibleSinceMs(List<LogEntry> history) {
        var turns = visibleAssignments(history);
        return turns.isEmpty() || turns.getLast().untilMs() != DriverAssignment.ONGOING
                ? NEVER
                : turns.getLast().fromMs();
    }

    /// What customer and store may see of the turns of its drivers, oldest first.
    public static List<DriverAssignment> visibleAssignments(List<LogEntry> history) {
        return DriverAssignment.fromHistory(history.stream()
                .map(entry -> entry.order()
                        .map(order -> withVisibleDriver(entry, order))
                        .orElse(entry))
                .toList());
    }

    /// As an entry in which the order has a driver only while that driver is seen.
    private static LogEntry withVisibleDriver(LogEntry entry, Order order) {
        return isVisible(order.state()) || order.driverOrNone() == null
                ? entry
                : entry.withOrder(order.withoutDriver());
    }
}
