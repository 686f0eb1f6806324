package waybill.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The time in which one driver had an order, both its ends included: what that driver's positions have to do with it.
///
/// It begins when the hub hears of it. Only the driver may say that it was earlier, back to when the order
/// was placed: whoever else could, could see where the driver was before. It ends when the order goes to
/// another driver or is over, at the hub's clock or at that of who says so, whichever is earlier.
///
/// @param untilMs [#OPEN] while the driver has it
public record Turn(String driver, long fromMs, long untilMs) {

    public static final long OPEN = Long.MAX_VALUE;

    /// The turns in the history of an order, oldest first. A driver known only by its connection says no positions
    /// and has none.
    public static List<Turn> of(List<LogEntry> history) {
        var turns = new ArrayList<Turn>();
        var notBefore = history.isEmpty() ? 0 : history.getFirst().receivedAt().toEpochMilli();
        for (var entry : history) {
            var driver = driver(entry).orElse("");
            if (isRunning(turns) && !turns.getLast().driver.equals(driver)) {
                var ended = turns.removeLast();
                notBefore = Math.max(ended.fromMs, earlier(entry));
                turns.add(new Turn(ended.driver, ended.fromMs, notBefore));
            }
            if (!driver.isEmpty() && !isRunning(turns)) {
                turns.add(new Turn(driver, Math.max(notBefore, beginning(entry, driver)), OPEN));
            }
        }
        return List.copyOf(turns);
    }

    private static boolean isRunning(List<Turn> turns) {
        return !turns.isEmpty() && turns.getLast().untilMs == OPEN;
    }

    /// Who has the order after the event, while something is still to happen to it.
    private static Optional<String> driver(LogEntry entry) {
        return entry.order()
                .filter(order -> order.state().isActive())
                .flatMap(Order::driver)
                .filter(actor -> actor.kind() == Actor.Kind.DRIVER)
                .map(Actor::id);
    }

    private static long beginning(LogEntry entry, String driver) {
        return entry.by().equals(Actor.driver(driver))
                ? earlier(entry)
                : entry.receivedAt().toEpochMilli();
    }

    private static long earlier(LogEntry entry) {
        return Math.min(entry.occurredAt().toEpochMilli(), entry.receivedAt().toEpochMilli());
    }
}
