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
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.journal.Transaction;
import waybill.journal.UnitOfWork;

/// The transactions that wait for the journal, limited in number and in the memory that they hold. They are polled
/// in the order of submission; one that is deferrable waits for a moment, so that others are written with it.
/// Thread-safe; one thread polls.
public final class TaskQueue {

    /// How long a deferrable transaction waits for others.
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
        var before = bytes.getAndAdd(entry.transaction.bytes());
        if ((before > 0 && before + entry.transaction.bytes() > bytesMax) || !add(entry)) {
            bytes.addAndGet(-entry.transaction.bytes());
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
            if (isFirst || (!entry.transaction.isDeferrable() && !isDue)) {
                isDue |= !entry.transaction.isDeferrable();
                due.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a transaction, but not longer than `atMost`: the store may be closed, or the disk may be back. A
    /// polled transaction counts until its future is complete.
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
        batch.forEach(entry -> entry.future.whenComplete((_, _) -> bytes.addAndGet(-entry.transaction.bytes())));
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
        add(new QueuedTask<>(new Transaction<>(List.of(), _ -> _ -> true)));
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
        rest.forEach(entry -> bytes.addAndGet(-entry.transaction.bytes()));
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

    /// A transaction, and the result of its last run.
    public static final class QueuedTask<T> {
        private final Transaction<T> transaction;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private Transaction.@Nullable Completion<T> completion;

        public QueuedTask(Transaction<T> transaction) {
            this.transaction = transaction;
        }

        public CompletableFuture<T> future() {
            return future;
        }

        public List<Read> reads() {
            return transaction.reads();
        }

        public void run(UnitOfWork work) {
            completion = transaction.decision().decide(work);
        }

        /// The changes are committed.
        public void complete(Sequences sequences) {
            var last = completion;
            try {
                if (last == null) {
                    throw new AssertionError("a transaction without a result");
                }
                future.complete(last.complete(sequences));
            } catch (RuntimeException | AssertionError e) {
                future.completeExceptionally(e);
            }
        }

        public void fail(Throwable cause) {
            future.completeExceptionally(cause);
        }
    }
}
