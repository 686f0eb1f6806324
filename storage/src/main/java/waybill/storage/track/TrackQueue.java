package waybill.storage.track;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import waybill.tracking.ClassifiedFix;

/// The points that wait to be written: a limited number in all, and of each driver. Any thread appends, without a
/// lock; one thread polls. A polled point counts as waiting until it is removed. While many wait, the points of each
/// driver are thinned; a point beyond a limit is dropped. Both are counted.
final class TrackQueue {

    /// The points of a driver that wait.
    ///
    /// @param lastMs when the last one was recorded
    private record Waiting(int count, long lastMs) {}

    private final TrackLimits limits;
    private final ConcurrentLinkedQueue<ClassifiedFix> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final Map<String, Waiting> waitingByDriver = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder thinned = new LongAdder();
    private volatile boolean isClosed;

    TrackQueue(TrackLimits limits) {
        this.limits = limits;
    }

    void append(ClassifiedFix point) {
        if (isClosed || length.get() >= limits.queueMax()) {
            dropped.increment();
            return;
        }
        var before = waitingByDriver.get(point.fix().driver());
        if (before != null && isLagging() && isClose(before, point)) {
            thinned.increment();
            return;
        }
        if (!reserve(point)) {
            dropped.increment();
            return;
        }
        length.incrementAndGet(); // so threads may exceed the limit together, by as many points as they are
        queue.add(point);
    }

    private static boolean isClose(Waiting before, ClassifiedFix point) {
        return Math.abs(point.fix().recordedAtMs() - before.lastMs()) < TrackLimits.THINNED_TO.toMillis();
    }

    private boolean reserve(ClassifiedFix point) {
        var one = new Waiting(1, point.fix().recordedAtMs());
        var now = waitingByDriver.merge(
                point.fix().driver(), one, (before, _) -> new Waiting(before.count() + 1, one.lastMs()));
        if (now.count() > limits.queuePerDriverMax()) {
            removeFromDriver(point);
            return false;
        }
        return true;
    }

    /// Whether so many wait that points are left out.
    boolean isLagging() {
        return length.get() >= limits.thinnedFrom();
    }

    /// Accepts no more points.
    void close() {
        isClosed = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Nullable
    ClassifiedFix poll() {
        return queue.poll();
    }

    /// The points were polled, and wait no longer.
    void remove(List<ClassifiedFix> points) {
        length.addAndGet(-points.size());
        points.forEach(this::removeFromDriver);
    }

    private void removeFromDriver(ClassifiedFix point) {
        waitingByDriver.computeIfPresent(
                point.fix().driver(),
                (_, waiting) -> waiting.count() == 1 ? null : new Waiting(waiting.count() - 1, waiting.lastMs()));
    }

    int length() {
        return length.get();
    }

    /// Points that were never written.
    long dropped() {
        return dropped.sum();
    }

    /// Points that were left out while many waited.
    long thinned() {
        return thinned.sum();
    }

    /// Polled points could not be written.
    void countDropped(int points) {
        dropped.add(points);
    }

    /// All points that wait are dropped.
    void dropAll() {
        dropped.add(length.getAndSet(0));
    }
}
