package waybill.socketio.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/// A world in which time passes only from one event to the next. What happens at the same moment happens in the order
/// in which it was arranged.
final class MadeUpTime {

    private record Event(long atMs, long order, Runnable what) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::atMs).thenComparingLong(Event::order));
    private long nowMs;
    private long order;

    long nowMs() {
        return nowMs;
    }

    void after(long delayMs, Runnable what) {
        at(nowMs + delayMs, what);
    }

    void at(long atMs, Runnable what) {
        events.add(new Event(atMs, order++, what));
    }

    /// Lets everything happen that happens before `untilMs`.
    void pass(long untilMs) {
        for (var next = events.peek(); next != null && next.atMs() < untilMs; next = events.peek()) {
            events.remove();
            nowMs = Math.max(nowMs, next.atMs());
            next.what().run();
        }
        nowMs = untilMs;
    }
}
