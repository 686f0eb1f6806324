package waybill.hub.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.blob.BlobFailure;
import waybill.blob.BlobStore;

/// Checks now and then whether files can be stored. One check is in progress at most. Safe from any thread.
public final class BlobWatch {

    static final Duration EVERY = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(BlobWatch.class);

    private final BlobStore store;
    private final Executor executor;
    private final LongSupplier elapsedMs;
    private final AtomicBoolean isChecking = new AtomicBoolean();
    private volatile long dueMs = Long.MIN_VALUE;
    private volatile Optional<String> problem = Optional.empty();

    public BlobWatch(BlobStore store, Executor executor, LongSupplier elapsedMs) {
        this.store = store;
        this.executor = executor;
        this.elapsedMs = elapsedMs;
    }

    /// Called often, by one thread; cheap until it is due.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs || !isChecking.compareAndSet(false, true)) {
            return;
        }
        dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
        try {
            executor.execute(this::check);
        } catch (RejectedExecutionException _) {
            isChecking.set(false);
        }
    }

    private void check() {
        try {
            store.check();
            if (problem.isPresent()) {
                LOG.info("files can be stored again");
            }
            problem = Optional.empty();
        } catch (BlobFailure e) {
            if (problem.isEmpty()) {
                LOG.error("files can neither be stored nor read: {}", e.getMessage());
            }
            problem = Optional.of(String.valueOf(e.getMessage()));
        } finally {
            isChecking.set(false);
        }
    }

    /// Why files cannot be stored; empty while they can.
    public Optional<String> problem() {
        return problem;
    }
}
