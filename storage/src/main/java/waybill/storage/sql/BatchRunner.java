package waybill.storage.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the tasks of a batch in one transaction. A task that fails by itself is removed from its batch, and the
/// rest is run again without it. A failure of the database that may pass fails the whole batch.
final class BatchRunner {

    private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

    private final StoreHealth health;
    private final BiConsumer<TaskQueue.QueuedTask<?>, Throwable> onTaskFailed;

    /// @param onTaskFailed called for each task that was removed from its batch
    BatchRunner(StoreHealth health, BiConsumer<TaskQueue.QueuedTask<?>, Throwable> onTaskFailed) {
        this.health = health;
        this.onTaskFailed = onTaskFailed;
    }

    /// Leaves in `batch` the tasks whose changes are written and wait for the commit.
    ///
    /// The rows of all tasks are written together. When the database refuses some, the batch is run again with each
    /// task written by itself, which shows to which task they belong.
    void run(List<TaskQueue.QueuedTask<?>> batch, JournalWriter writer) throws SQLException {
        var isEachFlushed = false;
        while (true) {
            var fault = firstFault(batch, writer, isEachFlushed);
            if (fault == null) {
                return;
            }
            writer.rollback();
            if (writer.hasForbiddenWriter()) {
                health.onConcurrentWriter();
                throw new SQLException("another hub writes as well");
            }
            if (!fault.isOfEntry) {
                isEachFlushed = true;
                continue;
            }
            LOG.error(
                    "a task failed and changed nothing; the other {} of its batch are run again",
                    batch.size() - 1,
                    fault.cause);
            onTaskFailed.accept(fault.entry, fault.cause);
            batch.remove(fault.entry);
        }
    }

    /// A task that failed by itself, with an exception or an [Error].
    private record Fault(TaskQueue.QueuedTask<?> entry, Throwable cause, boolean isOfEntry) {}

    /// The task with a value that the database cannot compare with any, and so refuses to read.
    private Fault firstUnreadable(List<TaskQueue.QueuedTask<?>> batch, JournalWriter writer, StorageException failure)
            throws SQLException {
        if (health.failures().isTransient(failure)) {
            throw failure;
        }
        for (var task : batch) {
            writer.rollback();
            try {
                writer.load(Set.copyOf(task.reads()));
            } catch (StorageException e) {
                return new Fault(task, e, true);
            }
        }
        throw failure;
    }

    private @Nullable Fault firstFault(List<TaskQueue.QueuedTask<?>> batch, JournalWriter writer, boolean isEachFlushed)
            throws SQLException {
        try {
            writer.load(batch.stream().flatMap(task -> task.reads().stream()).collect(Collectors.toSet()));
        } catch (StorageException e) {
            return firstUnreadable(batch, writer, e);
        }
        for (var i = 0; i < batch.size(); i++) {
            var entry = batch.get(i);
            try {
                entry.run(writer);
                if (isEachFlushed || i == batch.size() - 1) {
                    writer.flush();
                }
            } catch (Throwable e) {
                if (e instanceof StorageException failure && health.failures().isTransient(failure)) {
                    throw failure;
                }
                return new Fault(entry, e, isEachFlushed || !(e instanceof StorageException));
            }
        }
        return null;
    }
}
