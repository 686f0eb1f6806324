package waybill.storage.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.journal.CommitListener;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.Sequences;
import waybill.journal.Transaction;
import waybill.journal.UnavailableException;

/// The journal with group commit. One thread takes the queued tasks, runs them in one transaction, commits, and
/// only then completes their futures: so one wait for the disk serves all tasks that were submitted during the last
/// one. Futures are completed on a thread of their own, in the order of the commits: what a caller does with a
/// result does not delay the next batch.
///
/// A task that fails by itself fails alone (see [BatchRunner]). When the database fails (a full disk, a lost
/// connection) every task of the batch fails with [UnavailableException], the writer is opened anew, and the next
/// task or the next probe tries again: the operator need not restart the hub.
public final class GroupCommitJournal implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitJournal.class);

    /// Batches whose futures are not completed yet; when there are so many the journal waits, and its queue fills.
    private static final int UNANSWERED_BATCHES_MAX = 64;

    private final ReopeningWriter writer;
    private final RecentEventCache recentEvents;
    private final Runnable onCommitted;
    private final StoreLimits limits;
    private final StoreHealth health;
    private final Runnable checkFiles;
    private final BatchRunner batchRunner;
    private final TaskQueue queue;
    private final LoopThread thread;
    private final ExecutorService answers;

    private volatile boolean closing;
    private volatile boolean finished;
    private volatile CommitListener commitListener = _ -> () -> {};

    /// @param writers opens a writer after a failure
    /// @param writer the writer until then
    /// @param onCommitted called after a commit that added to the log, when its futures are complete; it must not
    ///     block
    /// @param checkFiles called on the journal's thread before every batch and while there is none; it reports to
    ///     `health`
    public GroupCommitJournal(
            JournalWriter.Source writers,
            JournalWriter writer,
            RecentEventCache recentEvents,
            Runnable onCommitted,
            StoreLimits limits,
            StoreHealth health,
            Runnable checkFiles,
            Threads threads) {
        this.writer = new ReopeningWriter(writers, writer, recentEvents, onCommitted);
        this.recentEvents = recentEvents;
        this.onCommitted = onCommitted;
        this.limits = limits;
        this.health = health;
        this.checkFiles = checkFiles;
        batchRunner = new BatchRunner(health, this::fail);
        queue = new TaskQueue(limits.queueMax(), limits.queueBytesMax());
        thread = threads.loop("waybill-journal", limits.probeInterval(), this::runRound);
        answers = threads.executor("waybill-answers", 1, UNANSWERED_BATCHES_MAX, GroupCommitJournal::awaitRoom);
    }

    /// Tests first whether the disk can be written.
    public void start() {
        probe();
        thread.start();
    }

    @Override
    public <T> CompletableFuture<T> submit(Transaction<T> transaction) {
        var entry = new TaskQueue.QueuedTask<>(transaction);
        if (closing) {
            reject(entry);
        } else if (!queue.offer(entry)) {
            entry.fail(unavailable("too much waits to be written: " + queue.size() + " (expected: less)"));
        } else if (finished) {
            rejectQueued();
        } else {
            thread.wake();
        }
        return entry.future();
    }

    public int queueLength() {
        return queue.size();
    }

    public long queueBytes() {
        return queue.bytes();
    }

    public void onCommit(CommitListener listener) {
        commitListener = listener;
    }

    /// Rejects new tasks, writes those that are queued, and closes the writer.
    @Override
    public void close() {
        closing = true;
        queue.wake();
        thread.wake();
        try {
            thread.join();
            answers.shutdown();
            answers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitRoom(Runnable answer, ThreadPoolExecutor answers) {
        try {
            answers.getQueue().put(answer);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            answer.run();
        }
    }

    private boolean runRound(Duration waitMax) {
        if (!closing || !queue.isEmpty()) {
            runBatch(waitMax);
            return true;
        }
        health.onClosed();
        finished = true;
        rejectQueued();
        writer.close();
        return false;
    }

    /// The thread goes on after any failure: without it nothing would be written again.
    private void runBatch(Duration waitMax) {
        List<TaskQueue.QueuedTask<?>> batch = List.of();
        try {
            batch = queue.poll(limits.batchMax(), waitMax);
            checkFiles.run();
            if (batch.isEmpty()) {
                runIdle();
            } else if (health.unavailableReason().isPresent()) {
                reject(batch, health.unavailableReason().get());
            } else {
                write(batch);
            }
        } catch (InterruptedException _) {
            closing = true; // this thread is interrupted only to end it
        } catch (Throwable e) { // a bug, or no stack left
            LOG.error(
                    "a batch of {} tasks was not written, because of a bug; it is answered unavailable",
                    batch.size(),
                    e);
            reject(batch, "the hub has a bug");
            writer.close();
        }
    }

    private void runIdle() {
        if (!health.isLastWriteSuccessful()) {
            probe();
        } else if (!closing) {
            purge();
        }
    }

    private void write(List<TaskQueue.QueuedTask<?>> batch) {
        boolean changed;
        List<LogEntry> committed;
        Sequences sequences;
        var watched = commitListener.onBatchStart(batch.size());
        try {
            var open = writer.open();
            batchRunner.run(batch, open);
            committed = open.commit();
            sequences = new Sequences(open.lastSequence() - committed.size());
            changed = open.hasChanged();
        } catch (SQLException | StorageException e) {
            onFailure(e);
            reject(batch, "the disk does not take it: " + health.failures().describe(e));
            return;
        }
        publish(committed, watched);
        if (changed && !health.isLastWriteSuccessful()) {
            probe(); // a small change may find room where the next order does not
        }
        answers.execute(() -> {
            batch.forEach(task -> task.complete(sequences));
            if (!committed.isEmpty()) {
                onCommitted.run();
            }
        });
    }

    /// The changes are on the disk, so nothing that fails from here on may be reported as a failure of their tasks.
    private void publish(List<LogEntry> committed, Runnable watched) {
        try {
            recentEvents.add(committed);
            watched.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.error("the cache of the newest events failed, because of a bug; they are read from the disk", e);
            committed.stream().reduce((_, last) -> last).ifPresent(last -> recentEvents.reset(last.sequence()));
        }
    }

    private void fail(TaskQueue.QueuedTask<?> task, Throwable cause) {
        answers.execute(() -> task.fail(cause));
    }

    /// Writes as much as an order may need, so that a store that is reported writable takes the next order.
    private void probe() {
        try {
            var open = writer.open();
            open.probe();
            open.commit();
            health.onWriteSucceeded();
        } catch (SQLException | StorageException e) {
            onFailure(e);
        }
    }

    /// No task is queued, so there is time to delete the data whose retention has ended.
    private void purge() {
        try {
            var open = writer.open();
            for (var isMore = true; isMore && queue.isEmpty() && !closing; ) {
                isMore = open.purge();
                open.commit();
            }
        } catch (SQLException | StorageException e) {
            onFailure(e);
        }
    }

    private void onFailure(Exception cause) {
        health.onWriteFailed(cause);
        writer.close();
    }

    private void rejectQueued() {
        queue.drain().forEach(this::reject);
    }

    private void reject(List<TaskQueue.QueuedTask<?>> batch, String why) {
        answers.execute(() -> batch.forEach(entry -> entry.fail(unavailable(why))));
    }

    private void reject(TaskQueue.QueuedTask<?> entry) {
        entry.fail(unavailable("the hub is closing"));
    }

    private UnavailableException unavailable(String message) {
        return new UnavailableException(message, limits.retryAfter());
    }
}
