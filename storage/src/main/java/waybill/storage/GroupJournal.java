package waybill.storage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.Journal;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Unavailable;

/// The journal with group commit. One platform thread takes whatever waits, runs it in one transaction,
/// commits, and only then lets the callers know: so one wait for the disk serves all who came during the last
/// one.
///
/// Work that fails by itself is left out, and the rest of its batch is run again without it. When the world fails (a
/// full disk, a broken one) every work of the batch is answered [Unavailable], the connection is opened anew, and the
/// next work or the next probe tries again: nobody need restart anything.
final class GroupJournal implements Journal, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupJournal.class);

    /// Opens the books; asked again after the world has failed.
    interface Books {
        SqliteLedger open() throws SQLException;
    }

    private final Books books;
    private final RecentEvents recent;
    private final Runnable onNews;
    private final Limits limits;
    private final BlockingQueue<Waiting<?>> waiting;
    private final Thread thread;

    private @Nullable SqliteLedger ledger;
    private volatile boolean closing;
    private volatile boolean finished;
    private volatile boolean writable = true;
    private volatile Commits watcher = _ -> () -> {};

    /// `onNews` is called on the journal's thread after a commit that added to the log; it must not block.
    GroupJournal(Books books, SqliteLedger ledger, RecentEvents recent, Runnable onNews, Limits limits) {
        this.books = books;
        this.ledger = ledger;
        this.recent = recent;
        this.onNews = onNews;
        this.limits = limits;
        waiting = new ArrayBlockingQueue<>(limits.waitingMax());
        thread = Thread.ofPlatform().name("waybill-journal").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        var entry = new Waiting<>(work);
        if (closing) {
            entry.future.completeExceptionally(unavailable("the hub is closing"));
        } else if (!waiting.offer(entry)) {
            entry.future.completeExceptionally(
                    unavailable("too much waits to be written: " + limits.waitingMax() + " (expected: less)"));
        } else if (finished) {
            refuseTheRest();
        }
        return entry.future;
    }

    /// False from a failure of the disk to the next success.
    boolean isWritable() {
        return writable;
    }

    int waiting() {
        return waiting.size();
    }

    void onCommit(Commits another) {
        watcher = another;
    }

    /// Takes in nothing more, writes what waits, and closes the books.
    @Override
    public void close() {
        closing = true;
        waiting.offer(new Waiting<>(_ -> true)); // so that a journal with nothing to do looks up
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var batch = new ArrayList<Waiting<?>>(limits.batchMax());
        try {
            while (!closing || !waiting.isEmpty()) {
                takeInto(batch);
                if (!batch.isEmpty()) {
                    write(batch);
                    batch.clear();
                } else if (!writable) {
                    probe();
                } else {
                    tidy();
                }
            }
        } finally { // also if this thread dies of a bug: then nobody waits in vain, and health says so
            writable = false;
            finished = true;
            batch.forEach(this::refuse);
            refuseTheRest();
            forgetLedger();
        }
    }

    /// Waits for work, but not for ever: somebody may want to close, or the disk may be back.
    private void takeInto(List<Waiting<?>> batch) {
        try {
            var first = waiting.poll(limits.probeEvery().toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                batch.add(first);
                waiting.drainTo(batch, limits.batchMax() - 1);
            }
        } catch (InterruptedException _) {
            closing = true; // nobody interrupts this thread but to end it
        }
    }

    private void write(List<Waiting<?>> batch) {
        try {
            var watched = watcher.begin(batch.size());
            var committed = committed(batch);
            watched.run();
            noteWritable();
            recent.add(committed);
            batch.forEach(Waiting::complete);
            if (!committed.isEmpty()) {
                onNews.run();
            }
        } catch (SQLException | StorageException e) {
            giveUp(batch, e);
        }
    }

    /// Runs and commits the batch. Works that failed by themselves have been answered and are gone from it.
    private List<LogEntry> committed(List<Waiting<?>> batch) throws SQLException {
        var open = openLedger();
        while (true) {
            var culprit = firstToFail(batch, open);
            if (culprit == null) {
                return open.commit();
            }
            open.rollback();
            batch.remove(culprit);
        }
    }

    private static @Nullable Waiting<?> firstToFail(List<Waiting<?>> batch, Ledger ledger) {
        for (var entry : batch) {
            try {
                entry.run(ledger);
            } catch (RuntimeException e) {
                if (e instanceof StorageException failure && failure.isTheWorlds()) {
                    throw failure;
                }
                LOG.error("left out of its batch", e);
                entry.future.completeExceptionally(e);
                return entry;
            }
        }
        return null;
    }

    private void probe() {
        try {
            var open = openLedger();
            open.mark("probe", 0);
            open.commit();
            noteWritable();
        } catch (SQLException | StorageException e) {
            noteFailure(e);
        }
    }

    /// Nobody wants anything, so there is time to throw away what is old.
    private void tidy() {
        try {
            var open = openLedger();
            for (var isMore = true; isMore && waiting.isEmpty() && !closing; ) {
                isMore = open.tidy();
                open.commit();
            }
        } catch (SQLException | StorageException e) {
            noteFailure(e);
        }
    }

    private void giveUp(List<Waiting<?>> batch, Exception cause) {
        noteFailure(cause);
        for (var entry : batch) {
            entry.future.completeExceptionally(unavailable("the disk does not take it: " + cause.getMessage()));
        }
    }

    private void noteWritable() {
        if (!writable) {
            LOG.info("the store can be written again");
            writable = true;
        }
    }

    private void noteFailure(Exception cause) {
        if (writable) {
            LOG.error("the store cannot be written; answering unavailable until it can", cause);
            writable = false;
        }
        forgetLedger();
    }

    private SqliteLedger openLedger() throws SQLException {
        var open = ledger;
        if (open == null) {
            open = books.open();
            ledger = open;
        }
        return open;
    }

    private void forgetLedger() {
        var open = ledger;
        ledger = null;
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

    private void refuseTheRest() {
        for (var entry = waiting.poll(); entry != null; entry = waiting.poll()) {
            refuse(entry);
        }
    }

    private void refuse(Waiting<?> entry) {
        entry.future.completeExceptionally(unavailable("the hub is closing"));
    }

    private Unavailable unavailable(String message) {
        return new Unavailable(message, limits.retryAfter());
    }

    /// A work, and what its last run came to.
    private static final class Waiting<T> {
        private final Work<T> work;
        private final CompletableFuture<T> future = new CompletableFuture<>();
        private @Nullable T result;

        Waiting(Work<T> work) {
            this.work = work;
        }

        void run(Ledger ledger) {
            result = work.run(ledger);
        }

        void complete() {
            var value = result;
            if (value == null) {
                throw new AssertionError("completed before it ran");
            }
            future.complete(value);
        }
    }
}
