package waybill.journal;

import java.util.concurrent.CompletableFuture;

/// Runs transactions durably. Transactions that are queued together are committed together, in the order of
/// submission. A port: `storage` implements it.
public interface Journal {

    /// The decision of a transaction whose result has no sequence. See [Transaction.Decision].
    @FunctionalInterface
    interface Task<T> {
        T run(UnitOfWork work);
    }

    /// Never blocks. The future completes once the transaction's changes are on disk, or with [UnavailableException]
    /// when none of them were committed. The journal limits how many transactions wait, and the sum of their bytes.
    <T> CompletableFuture<T> submit(Transaction<T> transaction);

    default <T> CompletableFuture<T> submit(Task<T> task) {
        return submit(Transaction.of(task, false));
    }

    /// Submits a task that no client waits for; tasks submitted later are still committed after it.
    default <T> CompletableFuture<T> submitSoon(Task<T> task) {
        return submit(Transaction.of(task, true));
    }
}
