package waybill.socketio.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/// A world in which time passes only from one event to the next. What happens at the same moment happens in the order
/// in which it was arranged.
final class VirtualTime {

    private record ScheduledTask(long atMs, long order, Runnable what) {}

    private final PriorityQueue<ScheduledTask> events =
            new PriorityQueue<>(Comparator.comparingLong(ScheduledTask::atMs).thenComparingLong(ScheduledTask::order));
    private long nowMs;
    private long order;

    long nowMs() {
        return nowMs;
    }

    void scheduleAfter(long delayMs, Runnable what) {
        scheduleAt(nowMs + delayMs, what);
    }

    void scheduleAt(long atMs, Runnable what) {
        events.add(new ScheduledTask(atMs, order++, what));
    }

    /// Lets everything happen that happens before `untilMs`.
    void advanceTo(long untilMs) {
        for (var next = events.peek(); next != null && next.atMs() < untilMs; next = events.peek()) {
            events.remove();
            nowMs = Math.max(nowMs, next.atMs());
            next.what().run();
        }
        nowMs = untilMs;
    }
}
