package waybill.server.simulation;

import io.netty.util.concurrent.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/// Virtual time, and everything that is going to happen in it. Events at the same time happen in the order in which
/// they were added.
final class EventQueue {

    /// When a simulation begins.
    private static final Instant START = Instant.parse("2030-01-01T12:00:00Z");

    private record Event(long atNanos, long number, String label, Runnable action) implements Comparable<Event> {

        @Override
        public int compareTo(Event other) {
            return atNanos == other.atNanos ? Long.compare(number, other.number) : Long.compare(atNanos, other.atNanos);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long added;
    private long steps;
    private long trace = 17;

    private final Ticker ticker = new Ticker() {
        @Override
        public long initialNanoTime() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return nowNanos;
        }

        @Override
        public void sleep(long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("nothing may block in a simulation");
        }
    };

    Ticker ticker() {
        return ticker;
    }

    InstantSource clock() {
        return () -> START.plusNanos(nowNanos);
    }

    long nowNanos() {
        return nowNanos;
    }

    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(nowNanos);
    }

    /// How many events have happened.
    long steps() {
        return steps;
    }

    /// A hash over all that has happened so far.
    long trace() {
        return trace;
    }

    /// Adds to the trace what came of an event.
    void record(long value) {
        trace = trace * 31 + value;
    }

    void after(long delayNanos, String label, Runnable action) {
        at(nowNanos + delayNanos, label, action);
    }

    void at(long nanos, String label, Runnable action) {
        events.add(new Event(Math.max(nanos, nowNanos), added++, label, action));
    }

    /// Lets the next event happen; false when there is none.
    boolean step() {
        var next = events.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos;
        steps++;
        record(next.label.hashCode());
        record(nowNanos);
        next.action.run();
        return true;
    }
}
