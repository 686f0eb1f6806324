package waybill.hub.schedule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.blob.BlobReferences;
import waybill.blob.BlobStore;

/// Deletes uploaded files that the database does not name: those of refused requests, of purged orders, and of
/// replaced images. At the start and then now and then. Called by one thread.
public final class BlobSweep {

    /// How old a file must be: its request may not be committed yet.
    public static final Duration AGE_MIN = Duration.ofHours(1);

    static final Duration EVERY = Duration.ofHours(6);

    /// The delay after a failure.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(BlobSweep.class);

    private final BlobStore store;
    private final BlobReferences references;
    private final Executor executor;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final AtomicLong deleted = new AtomicLong();
    private volatile long dueMs = Long.MIN_VALUE;

    public BlobSweep(
            BlobStore store,
            BlobReferences references,
            Executor executor,
            InstantSource clock,
            LongSupplier elapsedMs) {
        this.store = store;
        this.references = references;
        this.executor = executor;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// Called often; cheap until it is due.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs) {
            return;
        }
        dueIn(EVERY);
        try {
            executor.execute(this::sweep);
        } catch (RejectedExecutionException _) {
            dueIn(RETRY);
        }
    }

    private void dueIn(Duration time) {
        dueMs = elapsedMs.getAsLong() + time.toMillis();
    }

    private void sweep() {
        var before = deleted.get();
        try {
            store.forEachBefore(clock.instant().minus(AGE_MIN), id -> {
                if (!references.isReferenced(id)) {
                    store.delete(id);
                    deleted.incrementAndGet();
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("uploaded files could not be swept; this is tried again: {}", e.getMessage());
            dueIn(RETRY);
        }
        if (deleted.get() > before) {
            LOG.info("deleted {} uploaded files that no order or product has", deleted.get() - before);
        }
    }

    /// How many files were deleted.
    public long deleted() {
        return deleted.get();
    }
}
