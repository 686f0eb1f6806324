package waybill.hub.outbound;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import waybill.journal.UnitOfWork;
import waybill.outbound.JobOutcome;
import waybill.outbound.OutboundJob;

/// Sends the jobs of one channel. Thread-safe.
@FunctionalInterface
public interface JobSender {

    /// Never blocks. It may be called again for the same job, whose receiver then gets it again. A future that fails
    /// counts as a failed attempt.
    CompletableFuture<JobOutcome> send(OutboundJob job);

    /// Adds to the transaction that stores an outcome what else follows from it. It may be called more than once for
    /// an outcome, and the changes of only one call are committed.
    default void record(UnitOfWork work, OutboundJob job, JobOutcome outcome, Instant at) {}
}
