package waybill.journal;

import java.util.concurrent.CompletableFuture;

/// Runs tasks in durable transactions. Tasks that are queued together are committed together, in the order of
/// submission. A port: `storage` implements it.
public interface Journal {

    /// Reads and writes of one transaction. A task may run more than once, and only one run is committed, so it must
    /// have no effect outside the unit of work.
    @FunctionalInterface
    interface Task<T> {
        T run(UnitOfWork work);
    }

    /// Never blocks. The future completes once the task's writes are on disk, or with [UnavailableException] when none
    /// of them were committed.
    <T> CompletableFuture<T> submit(Task<T> task);

    /// Submits a task that holds about `bytes` bytes of memory until it is done. The journal limits their sum.
    default <T> CompletableFuture<T> submit(Task<T> task, long bytes) {
        return submit(task);
    }

    /// Submits a task that no client waits for. The journal may delay it to commit more at once; tasks submitted later
    /// are still committed after it.
    default <T> CompletableFuture<T> submitSoon(Task<T> task) {
        return submit(task);
    }
}
