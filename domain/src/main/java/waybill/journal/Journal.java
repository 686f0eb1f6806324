package waybill.journal;

import java.util.concurrent.CompletableFuture;

/// Where everything that must be kept is written. Work that waits at the same time is committed together, in the order
/// in which it was submitted. A port: the domain owns it, `storage` fills it in.
public interface Journal {

    /// Some reading and writing that belongs together. It may be run more than once, of which one run is kept, so it
    /// must have no effect but on the ledger.
    @FunctionalInterface
    interface Task<T> {
        T run(UnitOfWork ledger);
    }

    /// Never blocks. The future completes once the work is on disk, or exceptionally: with [UnavailableException] when
    /// it could
    /// not be kept now, in which case nothing of it was kept.
    <T> CompletableFuture<T> submit(Task<T> work);

    /// The same for work that holds about that many bytes until it is done: the journal has room for so many of them.
    default <T> CompletableFuture<T> submit(Task<T> work, long bytes) {
        return submit(work);
    }

    /// The same for work that no client waits for: it may wait for a moment, so that more is written at once. What is
    /// submitted after it is written after it all the same.
    default <T> CompletableFuture<T> submitSoon(Task<T> work) {
        return submit(work);
    }
}
