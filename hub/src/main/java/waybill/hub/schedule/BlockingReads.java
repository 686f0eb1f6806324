package waybill.hub.schedule;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import waybill.journal.UnavailableException;

/// Runs reads that block on the disk.
public final class BlockingReads {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private BlockingReads() {}

    /// Runs a read on an executor, which rejects it when too many wait: the result then fails with an
    /// [UnavailableException]. Never blocks and never throws.
    public static <T> CompletableFuture<T> supply(Executor executor, Supplier<T> read) {
        try {
            return CompletableFuture.supplyAsync(read, executor);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedFuture(tooMany());
        }
    }

    /// The same for a read that handles its result itself.
    public static CompletableFuture<Void> run(Executor executor, Runnable read) {
        try {
            return CompletableFuture.runAsync(read, executor);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedFuture(tooMany());
        }
    }

    /// The failure of a read that is not queued, because too many wait.
    public static UnavailableException tooMany() {
        return new UnavailableException("too many reads wait (expected: fewer)", RETRY_AFTER);
    }
}
