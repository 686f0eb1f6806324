package waybill.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    private final StoreHealth health;
    private final Runnable watch;
    private final WorkQueue queue;
    private final Thread thread;

    private @Nullable SqliteLedger ledger;
    private volatile boolean closing;
    private volatile boolean finished;
    private volatile Commits watcher = _ -> () -> {};

    /// `onNews` is called on the journal's thread after a commit that added to the log; it must not block. `watch` is
    /// called on it before every batch and while there is none: it says to `health` what it sees.
    GroupJournal(
            Books books,
            SqliteLedger ledger,
            RecentEvents recent,
            Runnable onNews,
            Limits limits,
            StoreHealth health,
            Runnable watch) {
        this.books = books;
        this.ledger = ledger;
        this.recent = recent;
        this.onNews = onNews;
        this.limits = limits;
        this.health = health;
        this.watch = watch;
        queue = new WorkQueue(limits.waitingMax(), limits.waitingBytesMax());
        thread = Thread.ofPlatform().name("waybill-journal").unstarted(this::run);
    }

    /// Says first whether the disk takes anything.
    void start() {
        probe();
        thread.start();
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work) {
        return submit(work, 0);
    }

    @Override
    public <T> CompletableFuture<T> submit(Work<T> work, long bytes) {
        return submit(new WorkQueue.Entry<>(work, bytes, false));
    }

    @Override
    public <T> CompletableFuture<T> submitSoon(Work<T> work) {
        return submit(new WorkQueue.Entry<>(work, 0, true));
    }

    private <T> CompletableFuture<T> submit(WorkQueue.Entry<T> entry) {
        if (closing) {
            refuse(entry);
        } else if (!queue.offer(entry)) {
            entry.fail(unavailable("too much waits to be written: " + queue.size() + " (expected: less)"));
        } else if (finished) {
            refuseTheRest();
        }
        return entry.future();
    }

    int waiting() {
        return queue.size();
    }

    long waitingBytes() {
        return queue.bytes();
    }

    void onCommit(Commits another) {
        watcher = another;
    }

    /// Takes in nothing more, writes what waits, and closes the books.
    @Override
    public void close() {
        closing = true;
        queue.wake();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !queue.isEmpty()) {
                round();
            }
        } finally {
            health.closed();
            finished = true;
            refuseTheRest();
            forgetLedger();
        }
    }

    /// Whatever fails here, this thread goes on: without it nothing would ever be written again.
    private void round() {
        List<WorkQueue.Entry<?>> batch = List.of();
        try {
            batch = queue.take(limits.batchMax(), limits.probeEvery());
            watch.run();
            if (batch.isEmpty()) {
                rest();
            } else if (health.obstacle().isPresent()) {
                refuse(batch, health.obstacle().get());
            } else {
                write(batch);
            }
        } catch (InterruptedException _) {
            closing = true; // nobody interrupts this thread but to end it
        } catch (Throwable e) { // a bug, or no stack left
            LOG.error("a batch of {} could not be written, because of a bug", batch.size(), e);
            refuse(batch, "the hub has a bug");
            forgetLedger();
        }
    }

    private void rest() {
        if (!health.wasWritten()) {
            probe();
        } else if (!closing) {
            tidy();
        }
    }

    private void write(List<WorkQueue.Entry<?>> batch) {
        boolean changed;
        List<LogEntry> committed;
        var watched = watcher.begin(batch.size());
        try {
            var open = run(batch);
            committed = open.commit();
            changed = open.hasChanged();
        } catch (SQLException | StorageException e) {
            noteFailure(e);
            refuse(batch, "the disk does not take it: " + StorageException.words(e));
            return;
        }
        publish(committed, watched);
        if (changed && !health.wasWritten()) {
            probe(); // a small change may find room where the next order does not
        }
        batch.forEach(WorkQueue.Entry::complete);
        if (!committed.isEmpty()) {
            onNews.run();
        }
    }

    /// What is committed is on the disk, so nothing that fails from here on may be told as a failure of the work.
    private void publish(List<LogEntry> committed, Runnable watched) {
        try {
            recent.add(committed);
            watched.run();
        } catch (RuntimeException | AssertionError e) {
            LOG.error("the newest events are read from the disk, because of a bug", e);
            committed.stream().reduce((_, last) -> last).ifPresent(last -> recent.restart(last.position()));
        }
    }

    /// Runs the batch. Works that failed by themselves have been answered and are gone from it.
    private SqliteLedger run(List<WorkQueue.Entry<?>> batch) throws SQLException {
        var open = openLedger();
        while (true) {
            var fault = firstFault(batch, open);
            if (fault == null) {
                return open;
            }
            open.rollback();
            if (open.isOvertaken()) {
                health.overtaken();
                throw new SQLException("another hub writes as well");
            }
            LOG.error("left out of its batch", fault.cause);
            fault.entry.fail(fault.cause);
            batch.remove(fault.entry);
        }
    }

    /// A work that failed by itself. An [Error] is no less its own fault.
    private record Fault(WorkQueue.Entry<?> entry, Throwable cause) {}

    private static @Nullable Fault firstFault(List<WorkQueue.Entry<?>> batch, Ledger ledger) {
        for (var entry : batch) {
            try {
                entry.run(ledger);
            } catch (Throwable e) {
                if (e instanceof StorageException failure && failure.isTheWorlds()) {
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
            var open = openLedger();
            open.probe();
            open.commit();
            health.written();
        } catch (SQLException | StorageException e) {
            noteFailure(e);
        }
    }

    /// No work waits, so there is time to delete what is too old.
    private void tidy() {
        try {
            var open = openLedger();
            for (var isMore = true; isMore && queue.isEmpty() && !closing; ) {
                isMore = open.tidy();
                open.commit();
            }
        } catch (SQLException | StorageException e) {
            noteFailure(e);
        }
    }

    private void noteFailure(Exception cause) {
        if (StorageException.isDamage(cause)) {
            health.damaged("waybill.db is damaged: " + StorageException.words(cause));
        }
        health.failed(cause);
        forgetLedger();
    }

    private SqliteLedger openLedger() throws SQLException {
        var open = ledger;
        if (open == null) {
            open = books.open();
            ledger = open;
            if (open.head() != recent.head()) { // a commit that failed may have reached the disk all the same
                LOG.warn("the newest event on the disk is {}, the last acknowledged {}", open.head(), recent.head());
                recent.restart(open.head());
                onNews.run();
            }
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
        queue.drain().forEach(this::refuse);
    }

    private void refuse(List<WorkQueue.Entry<?>> batch, String why) {
        batch.forEach(entry -> entry.fail(unavailable(why)));
    }

    private void refuse(WorkQueue.Entry<?> entry) {
        entry.fail(unavailable("the hub is closing"));
    }

    private Unavailable unavailable(String message) {
        return new Unavailable(message, limits.retryAfter());
    }
}
