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
/// lock; one thread polls. A polled point counts as waiting until it is removed. A point beyond a limit is
/// dropped, and counted.
final class TrackQueue {

    private final TrackLimits limits;
    private final ConcurrentLinkedQueue<ClassifiedFix> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger length = new AtomicInteger();
    private final Map<String, Integer> lengthByDriver = new ConcurrentHashMap<>();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean isClosed;

    TrackQueue(TrackLimits limits) {
        this.limits = limits;
    }

    void append(ClassifiedFix point) {
        if (isClosed || length.get() >= limits.queueMax()) {
            dropped.increment();
            return;
        }
        if (lengthByDriver.merge(point.fix().driver(), 1, Integer::sum) > limits.queuePerDriverMax()) {
            removeFromDriver(point);
            dropped.increment();
            return;
        }
        length.incrementAndGet(); // so threads may exceed the limit together, by as many points as they are
        queue.add(point);
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
        lengthByDriver.computeIfPresent(point.fix().driver(), (_, count) -> count == 1 ? null : count - 1);
    }

    int length() {
        return length.get();
    }

    /// Points that were never written.
    long dropped() {
        return dropped.sum();
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
