package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test sets, and beside it one that cannot be set: time that passes moves both.
public final class ManualClock implements InstantSource {

    private Instant wall;
    private long nanos;

    public ManualClock(Instant start) {
        wall = start;
    }

    public synchronized void advance(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /// The operator sets the clock.
    public synchronized void jump(Duration by) {
        wall = wall.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    public synchronized long nanoTime() {
        return nanos;
    }
}
