package waybill.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is stored about a job after an attempt.
///
/// @param attempt which one it was; the result of an earlier one than the newest is ignored
public record JobResult(
        Channel channel, long job, int attempt, JobState state, Instant at, Instant dueAt, String detail) {

    public JobResult {
        if (detail.length() > OutboundJob.DETAIL_MAX) {
            detail = detail.substring(0, OutboundJob.DETAIL_MAX);
        }
    }

    /// The result of an outcome.
    ///
    /// @param random 0..1, for the time of the next attempt
    public static JobResult of(
            OutboundJob job, JobOutcome outcome, RetrySchedule schedule, Instant now, double random) {
        return switch (outcome) {
            case JobOutcome.Delivered(var detail) -> ended(job, JobState.DELIVERED, now, detail);
            case JobOutcome.Skipped(var detail) -> ended(job, JobState.SKIPPED, now, detail);
            case JobOutcome.Rejected(var detail) -> ended(job, JobState.DEAD, now, detail);
            case JobOutcome.Failed failed ->
                next(job, failed, schedule, random)
                        .map(delay -> new JobResult(
                                job.channel(),
                                job.id(),
                                job.attempts(),
                                JobState.PENDING,
                                now,
                                now.plus(delay),
                                failed.detail()))
                        .orElseGet(() -> ended(job, JobState.DEAD, now, failed.detail()));
        };
    }

    private static Optional<Duration> next(
            OutboundJob job, JobOutcome.Failed failed, RetrySchedule schedule, double random) {
        return schedule.delayAfter(job.attempts(), failed.retryAfter(), random);
    }

    private static JobResult ended(OutboundJob job, JobState state, Instant now, String detail) {
        return new JobResult(job.channel(), job.id(), job.attempts(), state, now, now, detail);
    }
}
