package waybill.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Order;

/// The time in which one driver had an order, both its ends included: what that driver's positions have to do with it.
///
/// It begins when the hub hears of it. Only the driver may say that it was earlier, back to when the order
/// was placed: whoever else could, could see where the driver was before. It ends when the order goes to
/// another driver or is over, at the hub's clock or at that of who says so, whichever is earlier.
///
/// @param untilMs [#ONGOING] while the driver has it
public record DriverAssignment(String driver, long fromMs, long untilMs) {

    public static final long ONGOING = Long.MAX_VALUE;

    /// The turns in the history of an order, oldest first. A driver known only by its connection says no positions
    /// and has none.
    public static List<DriverAssignment> fromHistory(List<LogEntry> history) {
        var turns = new ArrayList<DriverAssignment>();
        var notBefore = history.isEmpty() ? 0 : history.getFirst().receivedAt().toEpochMilli();
        for (var entry : history) {
            var driver = driver(entry).orElse("");
            if (isOngoing(turns) && !turns.getLast().driver.equals(driver)) {
                var ended = turns.removeLast();
                notBefore = Math.max(ended.fromMs, earlierOfMs(entry));
                turns.add(new DriverAssignment(ended.driver, ended.fromMs, notBefore));
            }
            if (!driver.isEmpty() && !isOngoing(turns)) {
                turns.add(new DriverAssignment(driver, Math.max(notBefore, startMs(entry, driver)), ONGOING));
            }
        }
        return List.copyOf(turns);
    }

    private static boolean isOngoing(List<DriverAssignment> turns) {
        return !turns.isEmpty() && turns.getLast().untilMs == ONGOING;
    }

    /// Who has the order after the event, while something is still to happen to it.
    private static Optional<String> driver(LogEntry entry) {
        return entry.order()
                .filter(order -> order.state().isActive())
                .flatMap(Order::driver)
                .filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(Actor::id);
    }

    private static long startMs(LogEntry entry, String driver) {
        return entry.actor().equals(Actor.driver(driver))
                ? earlierOfMs(entry)
                : entry.receivedAt().toEpochMilli();
    }

    private static long earlierOfMs(LogEntry entry) {
        return Math.min(entry.occurredAt().toEpochMilli(), entry.receivedAt().toEpochMilli());
    }
}
