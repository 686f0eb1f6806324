package waybill.storage.track;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.storage.sqlite.SqliteFailures;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.TrackLog;

/// Writes the points that drivers have come by, in groups and on a thread of its own, so that a driver never
/// waits for the disk or for a lock.
///
/// While the disk fails, what has come waits and is tried again with every round; what comes when as much waits as
/// may is lost. What the database has against a point itself takes its group with it, for it would never be taken.
final class TrackWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrackWriter.class);

    /// How long a reader waits for what is about to be written. Then it goes without.
    private static final Duration FLUSH_WAIT_MAX = Duration.ofMillis(500);

    /// Once all that was too old is thrown away, it takes this much time until there is anything worth looking for.
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    /// Opens the table; asked again after the disk has failed.
    interface TableSource {
        TrackTable open() throws SQLException;
    }

    /// How much may be written to the disk yet, in bytes.
    interface FreeSpace {
        long freeBytes() throws IOException, SQLException;
    }

    private final TableSource tables;
    private final FreeSpace room;
    private final TrackLimits limits;
    private final InstantSource trusted;
    private final ConcurrentLinkedQueue<ClassifiedFix> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queueLength = new AtomicInteger();
    private final Map<String, Integer> queueLengthByDriver = new ConcurrentHashMap<>(); // by driver
    private final LongAdder persisted = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final LoopThread thread;

    private volatile boolean writable = true;
    private volatile boolean closing;

    private long flushesRequested; // these two belong to the monitor
    private long flushesCompleted;

    private @Nullable TrackTable table; // and the rest to the thread
    private final List<ClassifiedFix> batch = new ArrayList<>();
    private long newestMs;
    private long trimDueMs;

    /// @param trusted the time that ages are measured against
    TrackWriter(TableSource tables, FreeSpace room, TrackLimits limits, InstantSource trusted, Threads threads) {
        this.tables = tables;
        this.room = room;
        this.limits = limits;
        this.trusted = trusted;
        thread = threads.loop("waybill-tracks", limits.flushInterval(), this::runNext);
    }

    void start() {
        thread.start();
    }

    void append(ClassifiedFix point) {
        if (closing || queueLength.get() >= limits.queueMax()) {
            dropped.increment();
            return;
        }
        if (queueLengthByDriver.merge(point.fix().driver(), 1, Integer::sum) > limits.queuePerDriverMax()) {
            onDequeued(point);
            dropped.increment();
            return;
        }
        queueLength.incrementAndGet(); // so several at once may go over the limit, by as many as they are
        queue.add(point);
    }

    private void onDequeued(ClassifiedFix point) {
        queueLengthByDriver.computeIfPresent(point.fix().driver(), (_, count) -> count == 1 ? null : count - 1);
    }

    TrackLog.TrackLogStats stats() {
        return new TrackLog.TrackLogStats(persisted.sum(), dropped.sum(), queueLength.get(), writable);
    }

    /// Waits until what was taken up to now is written, or cannot be, but not for long, and not for a disk that
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

    /// Writes what waits, if that can be written, and takes nothing more.
    @Override
    public void close() {
        closing = true;
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
            if (closing) {
                runRound();
            } else {
                var question = awaitNextRound(waitMax);
                runRound();
                completeFlush(question);
                isOpen = true;
            }
        } catch (InterruptedException _) {
            LOG.debug("interrupted, so it ends"); // this thread is interrupted only to end it
        } finally {
            if (!isOpen) {
                end();
            }
        }
        return isOpen;
    }

    private void end() {
        closeTable();
        writable = false;
        dropped.add(queueLength.getAndSet(0));
    }

    /// Waits until points have been gathered for a while, or a flush is requested.
    private synchronized long awaitNextRound(Duration waitMax) throws InterruptedException {
        var deadline = System.nanoTime() + waitMax.toNanos();
        while (flushesRequested == flushesCompleted && !closing) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                break;
            }
            wait(leftMs);
        }
        return flushesRequested;
    }

    private synchronized void completeFlush(long question) {
        flushesCompleted = question;
        notifyAll();
    }

    /// Deletes first what is too old, for on a full disk that may be what makes room. What comes during a round waits
    /// for
    /// the next one, or a reader that waits for this one would wait for it too.
    private void runRound() {
        var left = queueLength.get();
        var isFilled = fillBatch();
        purge();
        for (; isFilled && left > 0; isFilled = fillBatch()) {
            if (!write()) {
                return; // and the group is tried again
            }
            left -= batch.size();
            queueLength.addAndGet(-batch.size());
            batch.forEach(this::onDequeued);
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

    /// False when the disk does not take it.
    private boolean write() {
        try {
            if (!hasRoom()) {
                return false; // and the connection stays: closing it would carry its log over, which takes room as well
            }
            var open = openTable();
            var added = 0;
            for (var point : batch) {
                added += open.add(point) ? 1 : 0;
            }
            open.commit();
            persisted.add(added);
            onWriteSucceeded();
            return true;
        } catch (SQLException e) {
            if (SqliteFailures.SQLITE.isTransient(e)) {
                onWriteFailed(e);
                return false;
            }
            LOG.error("{} positions were not recorded, because of a bug; the history lacks them", batch.size(), e);
            dropped.add(batch.size());
            closeTable();
            return true;
        } catch (IOException | FlywayException e) {
            onWriteFailed(e);
            return false;
        }
    }

    private boolean hasRoom() throws IOException, SQLException {
        var free = room.freeBytes();
        if (free >= limits.freeBytesMin()) {
            return true;
        }
        if (writable) {
            LOG.error(
                    "where drivers were cannot be kept: free bytes on the disk: {} (expected: at least {}, which are left"
                            + " to orders); viewers see them live as before",
                    free,
                    limits.freeBytesMin());
            writable = false;
        }
        return false;
    }

    /// Age is measured against the newest point: while nothing comes in, nothing need go out. A point from a time
    /// that the clock has not come to, or jumped to a moment ago, makes nothing older.
    private void purge() {
        var nowMs = Math.min(newestMs, trusted.millis());
        var isTooSoon = nowMs < trimDueMs && trimDueMs - nowMs <= PURGE_INTERVAL.toMillis();
        if (newestMs == 0 || isTooSoon) {
            return;
        }
        try {
            if (room.freeBytes() < limits.freeBytesMin() / 2) {
                return; // what is deleted goes through the write-ahead log as well; the other half stays with orders
            }
            var open = openTable();
            var isMore = open.purge(nowMs - limits.retention().toMillis());
            open.shrink();
            open.commit();
            trimDueMs = isMore ? 0 : nowMs + PURGE_INTERVAL.toMillis();
        } catch (SQLException | IOException | FlywayException e) {
            onWriteFailed(e);
        }
    }

    private TrackTable openTable() throws SQLException {
        var open = table;
        if (open == null) {
            open = tables.open();
            table = open;
        }
        return open;
    }

    private void onWriteSucceeded() {
        if (!writable) {
            LOG.info("positions are recorded again");
            writable = true;
        }
    }

    private void onWriteFailed(Exception cause) {
        if (writable) {
            LOG.error(
                    "positions cannot be recorded: {}; viewers see them live as before, and recording is tried again",
                    SqliteFailures.SQLITE.describe(cause));
            writable = false;
        }
        closeTable();
    }

    private void closeTable() {
        var open = table;
        table = null;
        if (open == null) {
            return;
        }
        try (open) {
            open.rollback();
        } catch (SQLException e) {
            LOG.debug("the table did not close as it should", e);
        }
    }
}
