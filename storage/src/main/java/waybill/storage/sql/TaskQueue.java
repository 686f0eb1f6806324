package waybill.storage.sql;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import waybill.journal.Journal.Task;
import waybill.journal.UnitOfWork;

/// The works that wait for the journal: no more of them than it may hold, in number and in what they hold in memory.
/// They are taken out in the order in which they came; a work that has time waits for a moment, so that others are
/// written with it. Thread-safe; one thread takes them out.
public final class TaskQueue {

    /// How long a work that has time waits for others.
    static final Duration MOMENT = Duration.ofMillis(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final ArrayDeque<QueuedTask<?>> entries = new ArrayDeque<>(); // guarded by the lock, as what follows
    private final int max;
    private boolean isDue;
    private long dueNanos; // unless it is due

    private final AtomicLong bytes = new AtomicLong();
    private final long bytesMax;

    public TaskQueue(int max, long bytesMax) {
        this.max = max;
        this.bytesMax = bytesMax;
    }

    /// False when there is no room. One alone always has room, however large.
    public boolean offer(QueuedTask<?> entry) {
        var before = bytes.getAndAdd(entry.bytes);
        if ((before > 0 && before + entry.bytes > bytesMax) || !add(entry)) {
            bytes.addAndGet(-entry.bytes);
            return false;
        }
        return true;
    }

    private boolean add(QueuedTask<?> entry) {
        lock.lock();
        try {
            if (entries.size() >= max) {
                return false;
            }
            var isFirst = entries.isEmpty();
            entries.add(entry);
            if (isFirst) {
                dueNanos = System.nanoTime() + MOMENT.toNanos();
            }
            if (isFirst || (!entry.hasTime && !isDue)) {
                isDue |= !entry.hasTime;
                due.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for work, but not for ever: the store may be closed, or the disk may be back. What is taken still
    /// counts until it is answered.
    public List<QueuedTask<?>> poll(int batchMax, Duration atMost) throws InterruptedException {
        var batch = new ArrayList<QueuedTask<?>>();
        lock.lockInterruptibly();
        try {
            awaitDue(atMost.toNanos());
            while (!entries.isEmpty() && batch.size() < batchMax) {
                batch.add(entries.remove());
            }
            isDue = !entries.isEmpty();
        } finally {
            lock.unlock();
        }
        batch.forEach(entry -> entry.future.whenComplete((_, _) -> bytes.addAndGet(-entry.bytes)));
        return batch;
    }

    private void awaitDue(long nanos) throws InterruptedException {
        var left = nanos;
        while (!isDue && left > 0) {
            var untilDue = entries.isEmpty() ? left : Math.min(left, dueNanos - System.nanoTime());
            if (untilDue <= 0) {
                return;
            }
            left -= untilDue - due.awaitNanos(untilDue);
        }
    }

    /// Has a [#poll] that waits come back.
    public void wake() {
        add(new QueuedTask<>(_ -> true, 0, false));
    }

    public List<QueuedTask<?>> drain() {
        var rest = new ArrayList<QueuedTask<?>>();
        lock.lock();
        try {
            rest.addAll(entries);
            entries.clear();
            isDue = false;
        } finally {
            lock.unlock();
        }
        rest.forEach(entry -> bytes.addAndGet(-entry.bytes));
        return rest;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    public long bytes() {
        return bytes.get();
    }

    /// A work, and what its last run came to.
    public static final class QueuedTask<T> {
        private final Task<T> work;
        private final long bytes;
        private final boolean hasTime;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T result;

        /// @param hasTime whether no client waits for it
        public QueuedTask(Task<T> work, long bytes, boolean hasTime) {
            this.work = work;
            this.bytes = bytes;
            this.hasTime = hasTime;
        }

        public CompletableFuture<T> future() {
            return future;
        }

        public void run(UnitOfWork ledger) {
            result = work.run(ledger);
        }

        public void complete() {
            var value = result;
            if (value == null) {
                future.completeExceptionally(new AssertionError("a work came to nothing"));
            } else {
                future.complete(value);
            }
        }

        public void fail(Throwable cause) {
            future.completeExceptionally(cause);
        }
    }
}
