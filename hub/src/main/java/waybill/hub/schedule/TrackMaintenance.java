package waybill.hub.schedule;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.tracking.TrackLog;

/// Prepares the history of positions for the days to come and deletes old days, on one of the nodes. Called by one
/// thread.
public final class TrackMaintenance {

    static final Duration EVERY = Duration.ofMinutes(10);

    /// The delay after a failure.
    static final Duration RETRY = Duration.ofMinutes(1);

    static final String TASK = "days of tracks";

    private static final Logger LOG = LoggerFactory.getLogger(TrackMaintenance.class);

    private final TrackLog tracks;
    private final Executor blockingExecutor;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private volatile long dueMs = Long.MIN_VALUE;

    public TrackMaintenance(TrackLog tracks, Executor blockingExecutor, LongSupplier elapsedMs, Leases leases) {
        this.tracks = tracks;
        this.blockingExecutor = blockingExecutor;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
    }

    /// Called often; cheap until something is due.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs || !leases.acquire(TASK)) {
            return;
        }
        dueIn(EVERY);
        try {
            blockingExecutor.execute(this::maintain);
        } catch (RejectedExecutionException _) {
            dueIn(RETRY);
        }
    }

    private void dueIn(Duration time) {
        dueMs = elapsedMs.getAsLong() + time.toMillis();
    }

    private void maintain() {
        try {
            tracks.maintain();
        } catch (RuntimeException e) {
            LOG.warn("the days of tracks could not be prepared; that is tried again: {}", e.getMessage());
            dueIn(RETRY);
        }
    }
}
