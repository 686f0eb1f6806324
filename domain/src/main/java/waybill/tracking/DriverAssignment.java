package waybill.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Order;

/// The time in which one driver had an order, both ends included. The driver's positions in that time belong to the
/// order.
///
/// It begins when the hub receives the assignment. Only the driver may backdate it, at most to when the order was
/// placed: another user could otherwise see earlier positions of the driver. It ends when the order gets another driver
/// or ends, by the hub's clock or the reporter's, whichever is earlier.
///
/// @param untilMs [#ONGOING] while the driver has the order
public record DriverAssignment(String driver, long fromMs, long untilMs) {

    public static final long ONGOING = Long.MAX_VALUE;

    /// The assignments in the history of an order, oldest first. An anonymous driver reports no positions and has none.
    public static List<DriverAssignment> fromHistory(List<LogEntry> history) {
        var assignments = new ArrayList<DriverAssignment>();
        var notBefore = history.isEmpty() ? 0 : history.getFirst().receivedAt().toEpochMilli();
        for (var entry : history) {
            var driver = activeDriver(entry).orElse("");
            if (isOngoing(assignments) && !assignments.getLast().driver.equals(driver)) {
                var ended = assignments.removeLast();
                notBefore = Math.max(ended.fromMs, earlierOfMs(entry));
                assignments.add(new DriverAssignment(ended.driver, ended.fromMs, notBefore));
            }
            if (!driver.isEmpty() && !isOngoing(assignments)) {
                assignments.add(new DriverAssignment(driver, Math.max(notBefore, startMs(entry, driver)), ONGOING));
            }
        }
        return List.copyOf(assignments);
    }

    private static boolean isOngoing(List<DriverAssignment> assignments) {
        return !assignments.isEmpty() && assignments.getLast().untilMs == ONGOING;
    }

    /// The driver of the order after the event, while the order is active.
    private static Optional<String> activeDriver(LogEntry entry) {
        return entry.order()
                .filter(order -> order.state().isActive())
                .flatMap(Order::driver)
                .filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(Actor::id);
    }

    /// From when on what an event begins counts: a driver may backdate its own, other users may not.
    public static long startMs(LogEntry entry, String driver) {
        return entry.actor().equals(Actor.driver(driver))
                ? earlierOfMs(entry)
                : entry.receivedAt().toEpochMilli();
    }

    private static long earlierOfMs(LogEntry entry) {
        return Math.min(entry.occurredAt().toEpochMilli(), entry.receivedAt().toEpochMilli());
    }
}
