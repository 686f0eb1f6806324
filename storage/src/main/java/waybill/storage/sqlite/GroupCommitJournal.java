package waybill.storage.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.journal.CommitListener;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.journal.UnavailableException;
import waybill.storage.sql.RecentEventCache;
import waybill.storage.sql.StorageException;
import waybill.storage.sql.StoreHealth;
import waybill.storage.sql.StoreLimits;
import waybill.storage.sql.TaskQueue;

/// The journal with group commit. One platform thread takes whatever waits, runs it in one transaction,
/// commits, and only then lets the callers know: so one wait for the disk serves all who came during the last
/// one. Callers are answered on a thread of their own, in the order of the commits: what they do with an answer does
/// not hold up the next batch.
///
/// Work that fails by itself is left out, and the rest of its batch is run again without it. When the world fails (a
/// full disk, a broken one) every work of the batch is answered [UnavailableException], the connection is opened anew,
/// and the
/// next work or the next probe tries again: the operator need not restart the hub.
public final class GroupCommitJournal implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitJournal.class);

    /// Opens the books; asked again after the world has failed.
    public interface TransactionSource {
        SqliteUnitOfWork open() throws SQLException;
    }

    /// Batches whose callers are not answered yet; when there are so many the journal waits, and its queue fills.
    private static final int UNANSWERED_BATCHES_MAX = 64;

    private final TransactionSource transactions;
    private final RecentEventCache recentEvents;
    private final Runnable onCommitted;
    private final StoreLimits limits;
    private final StoreHealth health;
    private final Runnable checkFiles;
    private final TaskQueue queue;
    private final LoopThread thread;
    private final ExecutorService answers;

    private @Nullable SqliteUnitOfWork unitOfWork;
    private volatile boolean closing;
    private volatile boolean finished;
    private volatile CommitListener commitListener = _ -> () -> {};

    /// `onNews` is called after a commit that added to the log, when its callers were answered. It must
    /// not block. `watch` is called on the journal's thread before every batch and while there is none: it
    /// says to `health` what it sees.
    public GroupCommitJournal(
            TransactionSource books,
            SqliteUnitOfWork ledger,
            RecentEventCache recent,
            Runnable onNews,
            StoreLimits limits,
            StoreHealth health,
            Runnable watch,
            Threads threads) {
        this.transactions = books;
        this.unitOfWork = ledger;
        this.recentEvents = recent;
        this.onCommitted = onNews;
        this.limits = limits;
        this.health = health;
        this.checkFiles = watch;
        queue = new TaskQueue(limits.queueMax(), limits.queueBytesMax());
        thread = threads.loop("waybill-journal", limits.probeInterval(), this::runRound);
        answers = threads.executor("waybill-answers", 1, UNANSWERED_BATCHES_MAX, GroupCommitJournal::awaitRoom);
    }

    /// Says first whether the disk takes anything.
    public void start() {
        probe();
        thread.start();
    }

    @Override
    public <T> CompletableFuture<T> submit(Task<T> work) {
        return submit(work, 0);
    }

    @Override
    public <T> CompletableFuture<T> submit(Task<T> work, long bytes) {
        return submit(new TaskQueue.QueuedTask<>(work, bytes, false));
    }

    @Override
    public <T> CompletableFuture<T> submitSoon(Task<T> work) {
        return submit(new TaskQueue.QueuedTask<>(work, 0, true));
    }

    private <T> CompletableFuture<T> submit(TaskQueue.QueuedTask<T> entry) {
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

    public void onCommit(CommitListener another) {
        commitListener = another;
    }

    /// Takes in nothing more, writes what waits, and closes the books.
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
        closeUnitOfWork();
        return false;
    }

    /// Whatever fails here, this thread goes on: without it nothing would ever be written again.
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
            LOG.error("a batch of {} could not be written, because of a bug", batch.size(), e);
            reject(batch, "the hub has a bug");
            closeUnitOfWork();
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
        var watched = commitListener.onBatchStart(batch.size());
        try {
            var open = run(batch);
            committed = open.commit();
            changed = open.hasChanged();
        } catch (SQLException | StorageException e) {
            onFailure(e);
            reject(batch, "the disk does not take it: " + StorageException.describe(e));
            return;
        }
        publish(committed, watched);
        if (changed && !health.isLastWriteSuccessful()) {
            probe(); // a small change may find room where the next order does not
        }
        answers.execute(() -> {
            batch.forEach(TaskQueue.QueuedTask::complete);
            if (!committed.isEmpty()) {
                onCommitted.run();
            }
        });
    }

    /// What is committed is on the disk, so nothing that fails from here on may be told as a failure of the work.
    private void publish(List<LogEntry> committed, Runnable watched) {
        try {
            recentEvents.add(committed);
            watched.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.error("the newest events are read from the disk, because of a bug", e);
            committed.stream().reduce((_, last) -> last).ifPresent(last -> recentEvents.reset(last.sequence()));
        }
    }

    /// Runs the batch. Works that failed by themselves have been answered and are gone from it.
    ///
    /// The rows of all works are written together. When the database refuses some, the batch is run again with each
    /// work written by itself, which shows whose they are.
    private SqliteUnitOfWork run(List<TaskQueue.QueuedTask<?>> batch) throws SQLException {
        var open = openUnitOfWork();
        var isEachFlushed = false;
        while (true) {
            var fault = firstFault(batch, open, isEachFlushed);
            if (fault == null) {
                return open;
            }
            open.rollback();
            if (open.hasConcurrentWriter()) {
                health.onConcurrentWriter();
                throw new SQLException("another hub writes as well");
            }
            if (fault.cause instanceof StorageException && !isEachFlushed) {
                isEachFlushed = true;
                continue;
            }
            LOG.error("left out of its batch", fault.cause);
            answers.execute(() -> fault.entry.fail(fault.cause));
            batch.remove(fault.entry);
        }
    }

    /// A work that failed by itself. An [Error] is no less its own fault.
    private record Fault(TaskQueue.QueuedTask<?> entry, Throwable cause) {}

    private static @Nullable Fault firstFault(
            List<TaskQueue.QueuedTask<?>> batch, SqliteUnitOfWork open, boolean isEachFlushed) {
        for (var i = 0; i < batch.size(); i++) {
            var entry = batch.get(i);
            try {
                entry.run(open);
                if (isEachFlushed || i == batch.size() - 1) {
                    open.flush();
                }
            } catch (Throwable e) {
                if (e instanceof StorageException failure && failure.isTransient()) {
                    throw failure;
                }
                return new Fault(entry, e);
            }
        }
        return null;
    }

    /// Writes as much as an order may need, so that who reads of a writable store is not refused the next moment.
    private void probe() {
        try {
            var open = openUnitOfWork();
            open.probe();
            open.commit();
            health.onWriteSucceeded();
        } catch (SQLException | StorageException e) {
            onFailure(e);
        }
    }

    /// No work waits, so there is time to delete what is too old.
    private void purge() {
        try {
            var open = openUnitOfWork();
            for (var isMore = true; isMore && queue.isEmpty() && !closing; ) {
                isMore = open.purge();
                open.commit();
            }
        } catch (SQLException | StorageException e) {
            onFailure(e);
        }
    }

    private void onFailure(Exception cause) {
        if (StorageException.isCorruption(cause)) {
            health.onCorruption("waybill.db is damaged: " + StorageException.describe(cause));
        }
        health.onWriteFailed(cause);
        closeUnitOfWork();
    }

    private SqliteUnitOfWork openUnitOfWork() throws SQLException {
        var open = unitOfWork;
        if (open == null) {
            open = transactions.open();
            unitOfWork = open;
            if (open.lastSequence()
                    != recentEvents.lastSequence()) { // a commit that failed may have reached the disk all the same
                LOG.warn(
                        "the newest event on the disk is {}, the last acknowledged {}",
                        open.lastSequence(),
                        recentEvents.lastSequence());
                recentEvents.reset(open.lastSequence());
                onCommitted.run();
            }
        }
        return open;
    }

    private void closeUnitOfWork() {
        var open = unitOfWork;
        unitOfWork = null;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            LOG.debug("nothing to roll back", e);
        }
        try {
            open.close();
        } catch (SQLException e) {
            LOG.warn("the writing connection did not close", e);
        }
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
