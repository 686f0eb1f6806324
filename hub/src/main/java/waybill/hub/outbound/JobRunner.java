package waybill.hub.outbound;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.NodeId;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.Leases;
import waybill.journal.Journal;
import waybill.journal.Transaction;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobResult;
import waybill.outbound.JobState;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs;
import waybill.outbound.RetrySchedule;

/// Sends the jobs of one channel: reads which are due, leases them in a transaction, gives them to the sender, and
/// stores each outcome in a transaction. Of several nodes one sends the jobs of a channel. A process that dies leaves
/// leases of jobs, which end when a node sends those of the channel from then on: they are sent again, so each arrives
/// at
/// least once.
///
/// Guarded by its monitor. [#runDue] is called often; nothing here blocks.
public final class JobRunner {

    /// How often the store is asked for due jobs when no event says that there may be some.
    static final Duration POLL_EVERY = Duration.ofSeconds(1);

    /// How often the jobs in the store are counted, for the metrics.
    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /// What a runner takes from the hub.
    ///
    /// @param newestSequence of the log: a new event may have new jobs
    /// @param elapsedMs counts elapsed time, independent of the clock
    public record Environment(
            OutboundJobs jobs,
            Journal journal,
            NodeId node,
            LongSupplier newestSequence,
            Executor blockingExecutor,
            InstantSource clock,
            LongSupplier elapsedMs,
            RandomGenerator random) {}

    private final Channel channel;
    private final JobSender sender;
    private final RetrySchedule schedule;
    private final JobLimits limits;
    private final Environment hub;
    private final ChannelLease lease;
    private final JobCounters counters = new JobCounters();

    private final JobsInFlight inFlight;
    private boolean isPolling;
    private boolean isClosed;
    private boolean mayHaveMore;
    private long nextPollMs = Long.MIN_VALUE;
    private long nextCountMs = Long.MIN_VALUE;
    private long seenSequence;
    private String lastTarget = "";

    public JobRunner(
            Channel channel,
            JobSender sender,
            RetrySchedule schedule,
            JobLimits limits,
            Environment hub,
            Leases leases) {
        this.channel = channel;
        this.sender = sender;
        this.schedule = schedule;
        this.limits = limits;
        this.hub = hub;
        lease = new ChannelLease(channel, hub.node(), leases, hub.journal());
        inFlight = new JobsInFlight(limits);
    }

    public Channel channel() {
        return channel;
    }

    public JobCounters counters() {
        return counters;
    }

    /// Sends nothing any more. What is being sent and does not end as delivered is sent again by the next process.
    public synchronized void close() {
        isClosed = true;
    }

    /// Called often; cheap until something is due.
    public void runDue() {
        overdue()
                .forEach(attempt -> end(
                        attempt,
                        new JobOutcome.Failed(
                                "no outcome within " + limits.outcomeWithin().toSeconds() + " s")));
        if (lease.acquire() && beginPoll()) {
            takeOver()
                    .thenCompose(_ -> BlockingReads.supply(hub.blockingExecutor(), this::readDue))
                    .thenCompose(this::lease)
                    .whenComplete(this::onLeased);
        }
    }

    private synchronized List<JobsInFlight.Attempt> overdue() {
        return inFlight.overdue(hub.elapsedMs().getAsLong());
    }

    private synchronized boolean beginPoll() {
        var newest = hub.newestSequence().getAsLong();
        var isDue = mayHaveMore || newest != seenSequence || hub.elapsedMs().getAsLong() >= nextPollMs;
        if (isClosed || isPolling || !isDue || inFlight.free() == 0) {
            return false;
        }
        seenSequence = newest;
        nextPollMs = hub.elapsedMs().getAsLong() + POLL_EVERY.toMillis();
        mayHaveMore = false;
        isPolling = true;
        return true;
    }

    private CompletableFuture<Integer> takeOver() {
        return lease.takeOver(hub.clock().instant()).thenApply(count -> {
            if (count > 0) {
                LOG.info(
                        "{}: {} jobs that were being sent when their hub ended are sent again",
                        channel.wireName(),
                        count);
            }
            return count;
        });
    }

    /// Blocks on the disk.
    private List<Long> readDue() {
        OutboundJobs.DueQuery query;
        synchronized (this) {
            query = new OutboundJobs.DueQuery(
                    channel,
                    hub.clock().instant(),
                    lastTarget,
                    inFlight.fullTargets(),
                    limits.perTargetMax(),
                    inFlight.free());
        }
        var page = hub.jobs().listDue(query);
        countIfDue();
        synchronized (this) {
            mayHaveMore = !page.lastTarget().isEmpty() || !page.jobs().isEmpty();
            lastTarget = page.lastTarget();
            return inFlight.select(page.jobs());
        }
    }

    private void countIfDue() {
        synchronized (this) {
            var nowMs = hub.elapsedMs().getAsLong();
            if (nowMs < nextCountMs) {
                return;
            }
            nextCountMs = nowMs + COUNT_EVERY.toMillis();
        }
        counters.setStored(
                hub.jobs().countJobs(channel, JobState.PENDING), hub.jobs().countJobs(channel, JobState.DEAD));
    }

    private CompletableFuture<List<OutboundJob>> lease(List<Long> due) {
        if (due.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        var now = hub.clock().instant();
        var jobLease = new JobLease(hub.node().name(), now.plus(limits.lease()));
        return lease.journal().submitSoon(work -> work.leaseJobs(due, jobLease, now));
    }

    private void onLeased(@Nullable List<OutboundJob> leasedOrNone, @Nullable Throwable thrownOrNone) {
        var leased = leasedOrNone == null ? List.<OutboundJob>of() : leasedOrNone;
        synchronized (this) {
            if (isClosed) {
                return;
            }
        }
        if (thrownOrNone != null) {
            LOG.warn(
                    "{}: jobs that are due could not be leased; it is retried: {}",
                    channel.wireName(),
                    thrownOrNone.getMessage());
        }
        List<JobsInFlight.Attempt> attempts;
        synchronized (this) {
            var nowMs = hub.elapsedMs().getAsLong();
            attempts = leased.stream().map(job -> inFlight.begin(job, nowMs)).toList();
            isPolling = false;
        }
        attempts.forEach(this::send);
    }

    private void send(JobsInFlight.Attempt attempt) {
        CompletableFuture<JobOutcome> sent;
        try {
            sent = sender.send(attempt.job());
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        sent.whenComplete(
                (outcome, thrown) -> end(attempt, outcome == null ? failure(attempt.job(), thrown) : outcome));
    }

    /// Senders answer with an outcome, so an exception is a bug; its message may have a secret.
    private JobOutcome failure(OutboundJob job, @Nullable Throwable thrownOrNone) {
        LOG.error(
                "{}: job {} was not sent because of a bug; it is retried", channel.wireName(), job.id(), thrownOrNone);
        return new JobOutcome.Failed("the hub has a bug");
    }

    private void end(JobsInFlight.Attempt attempt, JobOutcome outcome) {
        synchronized (this) {
            if (isClosed && !(outcome instanceof JobOutcome.Delivered)) {
                return;
            }
            var isLimited = inFlight.isLimiting(attempt.job().target());
            if (!inFlight.end(attempt)) {
                return; // too late
            }
            mayHaveMore |= isLimited;
        }
        var job = attempt.job();
        var now = hub.clock().instant();
        var result = JobResult.of(job, outcome, schedule, now, hub.random().nextDouble());
        hub.journal()
                .submit(new Transaction<>(
                        List.of(),
                        work -> {
                            var isFinished = work.finishJob(hub.node().name(), result);
                            if (isFinished) {
                                sender.record(work, job, outcome, now);
                            }
                            return _ -> isFinished;
                        },
                        0,
                        true))
                .whenComplete((isFinished, thrown) -> onFinished(result, isFinished, thrown));
    }

    private void onFinished(JobResult result, @Nullable Boolean isFinished, @Nullable Throwable thrownOrNone) {
        if (thrownOrNone != null) {
            LOG.warn(
                    "{}: the outcome of job {} could not be stored; it is sent again: {}",
                    channel.wireName(),
                    result.job(),
                    thrownOrNone.getMessage());
        } else if (Boolean.TRUE.equals(isFinished)) {
            counters.count(result.state());
        }
        boolean isMore;
        synchronized (this) {
            isMore = mayHaveMore;
        }
        if (isMore) {
            runDue();
        }
    }
}
