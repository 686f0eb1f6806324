package waybill.storage.track;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.TrackLog;
import waybill.tracking.TrackSink;

/// Writes the points of drivers' tracks to a sink, in batches and on a thread of its own, so that a driver never waits
/// for a disk, a network or a lock.
///
/// While the sink fails, points wait, and writing them is tried again in every round; points beyond the limit of
/// the queue are dropped. A batch with a point that the sink rejects is dropped whole, or no other would be
/// written.
final class TrackWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrackWriter.class);

    /// How long a reader waits for points that are about to be written. Then it reads without them.
    private static final Duration FLUSH_WAIT_MAX = Duration.ofMillis(500);

    /// The time between two purges, once no point is too old.
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    private final TrackSink sink;
    private final TrackLimits limits;
    private final InstantSource trusted;
    private final TrackQueue queue;
    private final LongAdder persisted = new LongAdder();
    private final LoopThread thread;

    private volatile boolean writable = true;

    private long flushesRequested; // the monitor guards these two
    private long flushesCompleted;

    private final List<ClassifiedFix> batch = new ArrayList<>(); // the rest belongs to the thread
    private long newestMs;
    private long trimDueMs; // 0 while a purge of all drivers is under way
    private long purgeBeganMs;

    /// @param trusted the time that ages are measured against
    TrackWriter(TrackSink sink, TrackLimits limits, InstantSource trusted, Threads threads) {
        this.sink = sink;
        this.limits = limits;
        queue = new TrackQueue(limits);
        this.trusted = trusted;
        thread = threads.loop("waybill-tracks-" + sink.name(), limits.flushInterval(), this::runNext);
    }

    void start() {
        thread.start();
    }

    void append(ClassifiedFix point) {
        queue.append(point);
    }

    TrackLog.TrackLogStats stats() {
        return new TrackLog.TrackLogStats(
                persisted.sum(), queue.dropped(), queue.thinned(), queue.length(), queue.isLagging(), writable);
    }

    /// Waits until the points appended before are written, or cannot be, but not for long, and not for a sink that
    /// fails.
    synchronized void flush() {
        var mine = ++flushesRequested;
        notifyAll();
        thread.wake();
        var deadline = System.nanoTime() + FLUSH_WAIT_MAX.toNanos();
        try {
            while (flushesCompleted < mine && writable && thread.isConcurrent()) {
                var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0) {
                    return;
                }
                wait(leftMs);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Writes the points that wait, if the sink takes them, and accepts no more.
    @Override
    public void close() {
        queue.close();
        synchronized (this) {
            notifyAll();
        }
        thread.wake();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean runNext(Duration waitMax) {
        var isOpen = false;
        try {
            if (queue.isClosed()) {
                runRound();
            } else {
                var requested = awaitNextRound(waitMax);
                runRound();
                completeFlush(requested);
                isOpen = true;
            }
        } catch (InterruptedException _) {
            LOG.debug("interrupted; the track writer ends");
        } finally {
            if (!isOpen) {
                end();
            }
        }
        return isOpen;
    }

    private void end() {
        sink.close();
        writable = false;
        queue.dropAll();
    }

    /// Waits until points have been gathered for a while, or a flush is requested.
    private synchronized long awaitNextRound(Duration waitMax) throws InterruptedException {
        var deadline = System.nanoTime() + waitMax.toNanos();
        while (flushesRequested == flushesCompleted && !queue.isClosed()) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                break;
            }
            wait(leftMs);
        }
        return flushesRequested;
    }

    private synchronized void completeFlush(long requested) {
        flushesCompleted = requested;
        notifyAll();
    }

    /// Deletes old points first, which may free the space on a full disk. Points that arrive during a round wait
    /// for the next one, or a reader that waits for this round would wait for them too.
    private void runRound() {
        var left = queue.length();
        var isFilled = fillBatch();
        purge();
        for (; isFilled && left > 0; isFilled = fillBatch()) {
            if (!write()) {
                return; // the batch is tried again in the next round
            }
            left -= batch.size();
            queue.remove(batch);
            batch.clear();
        }
    }

    private boolean fillBatch() {
        for (ClassifiedFix next; batch.size() < limits.batchMax() && (next = queue.poll()) != null; ) {
            batch.add(next);
            newestMs = Math.max(newestMs, next.fix().receivedAtMs());
        }
        return !batch.isEmpty();
    }

    /// False when the sink fails.
    private boolean write() {
        try {
            persisted.add(sink.write(batch));
            onWriteSucceeded();
            return true;
        } catch (TrackSink.FailedException e) {
            if (e.isTransient()) {
                onWriteFailed(e);
                return false;
            }
            LOG.error(
                    "{} positions were not recorded in {}, because of a bug; the history lacks them",
                    batch.size(),
                    sink.name(),
                    e);
            queue.countDropped(batch.size());
            return true;
        }
    }

    /// Age is measured against the newest point: while none arrives, none is deleted. A point that is ahead of the
    /// trusted clock makes no other older.
    private void purge() {
        var nowMs = Math.min(newestMs, trusted.millis());
        var isTooSoon = nowMs < trimDueMs && trimDueMs - nowMs <= PURGE_INTERVAL.toMillis();
        if (newestMs == 0 || isTooSoon) {
            return;
        }
        try {
            if (trimDueMs != 0) {
                purgeBeganMs = nowMs; // of the first drivers; the others are compared with a later time
            }
            var isMore = sink.purge(nowMs - limits.retention().toMillis());
            trimDueMs = isMore ? 0 : purgeBeganMs + PURGE_INTERVAL.toMillis();
        } catch (TrackSink.FailedException e) {
            onWriteFailed(e);
        }
    }

    private void onWriteSucceeded() {
        if (!writable) {
            LOG.info("positions are recorded in {} again", sink.name());
            writable = true;
        }
    }

    private void onWriteFailed(TrackSink.FailedException cause) {
        if (writable) {
            LOG.error(
                    "positions cannot be recorded in {}: {}; viewers see them live as before, and recording is tried again",
                    sink.name(),
                    cause.getMessage());
            writable = false;
        }
    }
}
