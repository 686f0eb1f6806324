package waybill.storage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import waybill.order.Journal.Work;
import waybill.order.Ledger;

/// The works that wait for the journal: no more of them than it may hold, in number and in what they hold in memory.
/// Thread-safe; one thread takes them out.
final class WorkQueue {

    private final BlockingQueue<Entry<?>> waiting;
    private final AtomicLong bytes = new AtomicLong();
    private final long bytesMax;

    WorkQueue(int max, long bytesMax) {
        waiting = new ArrayBlockingQueue<>(max);
        this.bytesMax = bytesMax;
    }

    /// False when there is no room. One alone always has room, however large.
    boolean offer(Entry<?> entry) {
        var before = bytes.getAndAdd(entry.bytes);
        if ((before > 0 && before + entry.bytes > bytesMax) || !waiting.offer(entry)) {
            bytes.addAndGet(-entry.bytes);
            return false;
        }
        return true;
    }

    /// Waits for work, but not for ever: somebody may want to close, or the disk may be back. What is taken still
    /// counts until it is answered.
    List<Entry<?>> take(int max, Duration atMost) throws InterruptedException {
        var batch = new ArrayList<Entry<?>>();
        var first = waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            waiting.drainTo(batch, max - 1);
            batch.forEach(entry -> entry.future.whenComplete((_, _) -> bytes.addAndGet(-entry.bytes)));
        }
        return batch;
    }

    /// Has a [#take] that waits come back.
    void wake() {
        waiting.offer(new Entry<>(_ -> true, 0));
    }

    List<Entry<?>> drain() {
        var rest = new ArrayList<Entry<?>>();
        waiting.drainTo(rest);
        rest.forEach(entry -> bytes.addAndGet(-entry.bytes));
        return rest;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    long bytes() {
        return bytes.get();
    }

    /// A work, and what its last run came to.
    static final class Entry<T> {
        private final Work<T> work;
        private final long bytes;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T result;

        Entry(Work<T> work, long bytes) {
            this.work = work;
            this.bytes = bytes;
        }

        CompletableFuture<T> future() {
            return future;
        }

        void run(Ledger ledger) {
            result = work.run(ledger);
        }

        void complete() {
            var value = result;
            if (value == null) {
                future.completeExceptionally(new AssertionError("a work came to nothing"));
            } else {
                future.complete(value);
            }
        }

        void fail(Throwable cause) {
            future.completeExceptionally(cause);
        }
    }
}
