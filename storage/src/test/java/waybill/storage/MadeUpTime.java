package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that a test sets, and beside it one that cannot be set: time that passes moves both.
final class MadeUpTime implements InstantSource {

    private Instant wall;
    private long nanos;

    MadeUpTime(Instant start) {
        wall = start;
    }

    synchronized void pass(Duration time) {
        wall = wall.plus(time);
        nanos += time.toNanos();
    }

    /// Somebody sets the clock.
    synchronized void jump(Duration by) {
        wall = wall.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        return wall;
    }

    synchronized long nanoTime() {
        return nanos;
    }
}
