package waybill.server.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.outbound.JobSender;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.EventLog;
import waybill.journal.UnavailableException;
import waybill.journal.UnitOfWork;
import waybill.outbound.JobOutcome;
import waybill.outbound.OutboundJob;
import waybill.outbound.RetrySchedule;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookEndpoints;
import waybill.server.webhook.WebhookTransport.Answer;

/// Sends webhooks: reads the event and the endpoint of a job, renders, signs, posts. Thread-safe.
public final class WebhookSender implements JobSender {

    /// The delays between attempts: in all up to three days.
    public static final RetrySchedule SCHEDULE = new RetrySchedule(List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(12),
            Duration.ofHours(20),
            Duration.ofHours(24)));

    static final String GONE = "status 410: the receiver wants no more";

    private static final int OK_MIN = 200;
    private static final int REDIRECT_MIN = 300;
    private static final int STATUS_GONE = 410;

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);

    private final WebhookEndpoints endpoints;
    private final EventLog log;
    private final WebhookTransport transport;
    private final WebhookAddress addresses;
    private final Executor blockingExecutor;
    private final InstantSource clock;

    public WebhookSender(
            WebhookEndpoints endpoints,
            EventLog log,
            WebhookTransport transport,
            WebhookConfig config,
            Executor blockingExecutor,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.log = log;
        this.transport = transport;
        addresses = new WebhookAddress(config);
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// What a job leads to: a request, or an outcome without one.
    private sealed interface Prepared {

        record Ready(WebhookTransport.Request request) implements Prepared {}

        record Ended(JobOutcome outcome) implements Prepared {}
    }

    @Override
    public CompletableFuture<JobOutcome> send(OutboundJob job) {
        return BlockingReads.supply(blockingExecutor, () -> prepare(job))
                .handle((prepared, thrown) -> {
                    if (prepared == null) {
                        return unread(thrown);
                    }
                    return switch (prepared) {
                        case Prepared.Ended(var outcome) -> CompletableFuture.completedFuture(outcome);
                        case Prepared.Ready(var request) ->
                            transport.post(request).thenApply(WebhookSender::outcome);
                    };
                })
                .thenCompose(future -> future);
    }

    private static CompletableFuture<JobOutcome> unread(Throwable thrown) {
        var cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return cause instanceof UnavailableException
                ? CompletableFuture.completedFuture(new JobOutcome.Failed("the event could not be read"))
                : CompletableFuture.failedFuture(cause);
    }

    /// Blocks on the disk.
    private Prepared prepare(OutboundJob job) {
        var found = endpoints.findWebhook(job.target());
        if (found.isEmpty()) {
            return new Prepared.Ended(new JobOutcome.Skipped("the endpoint was deleted"));
        }
        var endpoint = found.get();
        var isTest = job.kind().equals(WebhookEvents.TEST);
        if (!endpoint.isEnabled() && !isTest) {
            return new Prepared.Ended(new JobOutcome.Rejected("the endpoint is disabled"));
        }
        var problem = addresses.problem(endpoint.url());
        if (problem.isPresent()) {
            return new Prepared.Ended(new JobOutcome.Failed(problem.get())); // the operator has changed what is allowed
        }
        if (isTest) {
            return ready(endpoint, job, WebhookMessage.testBody(job));
        }
        return log.find(job.sequence())
                .map(entry -> ready(endpoint, job, WebhookMessage.body(job, entry)))
                .orElseGet(
                        () -> new Prepared.Ended(new JobOutcome.Skipped("the event was deleted after its retention")));
    }

    private Prepared ready(WebhookEndpoint endpoint, OutboundJob job, String body) {
        return new Prepared.Ready(new WebhookTransport.Request(
                URI.create(endpoint.url()), WebhookMessage.headers(endpoint, job, body, clock.instant()), body));
    }

    private static JobOutcome outcome(Answer answer) {
        return switch (answer) {
            case Answer.NoResponse(var reason) -> new JobOutcome.Failed(reason);
            case Answer.Response response -> outcome(response);
        };
    }

    /// Any failure may pass, also a 404 while a receiver is deployed anew; only 410 says that it will not.
    private static JobOutcome outcome(Answer.Response response) {
        var status = response.status();
        if (status >= OK_MIN && status < REDIRECT_MIN) {
            return new JobOutcome.Delivered("status " + status);
        }
        return status == STATUS_GONE
                ? new JobOutcome.Rejected(GONE)
                : new JobOutcome.Failed(
                        "status " + status, response.retryAfter().orElse(null));
    }

    /// Keeps how long the endpoint has been failing, and disables one that is gone or fails for too long.
    @Override
    public void record(UnitOfWork work, OutboundJob job, JobOutcome outcome, Instant at) {
        work.findWebhook(job.target()).ifPresent(endpoint -> {
            var next = next(endpoint, outcome, at);
            if (!next.equals(endpoint)) {
                work.saveWebhook(next);
            }
            next.disabled()
                    .filter(_ -> endpoint.isEnabled())
                    .ifPresent(disabled -> LOG.warn("webhook {} is disabled: {}", endpoint.id(), disabled.reason()));
        });
    }

    private static WebhookEndpoint next(WebhookEndpoint endpoint, JobOutcome outcome, Instant at) {
        return switch (outcome) {
            case JobOutcome.Delivered _ -> endpoint.withSuccess();
            case JobOutcome.Failed _ -> endpoint.withFailure(at);
            case JobOutcome.Rejected(var detail) ->
                detail.equals(GONE) && endpoint.isEnabled() ? endpoint.disable(at, detail) : endpoint;
            case JobOutcome.Skipped _ -> endpoint;
        };
    }
}
