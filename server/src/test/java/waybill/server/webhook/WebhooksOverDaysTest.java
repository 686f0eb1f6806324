package waybill.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.NodeId;
import waybill.hub.outbound.JobLimits;
import waybill.hub.outbound.JobRunner;
import waybill.hub.schedule.InMemoryLeases;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.outbound.Channel;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;
import waybill.server.live.MovableClock;
import waybill.server.webhook.WebhookTransport.Answer;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;

/// What takes days, with a clock that the test moves.
@Timeout(60)
class WebhooksOverDaysTest {

    private static final WebhookSecret OLD = WebhookSecret.generate(new Random(1));
    private static final WebhookSecret NEW = WebhookSecret.generate(new Random(2));
    private static final String ID = "hooks";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final MovableClock clock = new MovableClock();
    private final Queue<WebhookTransport.Request> requests = new ConcurrentLinkedQueue<>();
    private volatile Answer answer = new Answer.Response(200, null);

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private JobRunner runner;

    @BeforeEach
    void start() {
        store = Store.open(data, StoreLimits.defaults(), TrackLimits.defaults(), clock, () -> {});
        save(new WebhookEndpoint(
                ID, "https://example.com/", Set.of(), null, "", clock.instant(), OLD, null, null, null));
        var transport = new WebhookTransport() {
            @Override
            public CompletableFuture<Answer> post(Request request) {
                requests.add(request);
                return CompletableFuture.completedFuture(answer);
            }

            @Override
            public void close() {}
        };
        runner = new JobRunner(
                Channel.WEBHOOK,
                new WebhookSender(
                        store.webhooks(), store.eventLog(), transport, WebhookConfig.defaults(), Runnable::run, clock),
                WebhookSender.SCHEDULE,
                JobLimits.defaults(),
                new JobRunner.Environment(
                        store.outboundJobs(),
                        store.journal(),
                        new NodeId("node-1"),
                        store.eventLog()::lastSequence,
                        Runnable::run,
                        clock,
                        clock::millis,
                        new Random(3)),
                new InMemoryLeases(new NodeId("node-1"), () -> 0));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anEndpointThatFailsForFiveDaysWithoutASuccessIsDisabled() {
        answer = new Answer.Response(503, null);
        add();
        awaitFailures(1);
        assertThat(endpoint().failingSince()).contains(clock.instant());
        clock.advance(WebhookEndpoint.FAILING_MAX.minusSeconds(1));
        awaitFailures(2);
        assertThat(endpoint().isEnabled()).isTrue();
        clock.advance(Duration.ofDays(1));
        awaitFailures(3);
        assertThat(endpoint().disabled().orElseThrow().reason()).startsWith("no success since 2026-01-31T12:00");
    }

    @Test
    void oneSuccessStartsTheFiveDaysAnew() {
        answer = new Answer.NoResponse("no response: SSLHandshakeException");
        add();
        awaitFailures(1);
        clock.advance(WebhookEndpoint.FAILING_MAX.minusSeconds(1));
        answer = new Answer.Response(204, null);
        await(() -> store.outboundJobs().countJobs(Channel.WEBHOOK, JobState.DELIVERED) == 1);
        assertThat(endpoint().failingSince()).isEmpty();
        answer = new Answer.Response(503, null);
        clock.advance(Duration.ofDays(1));
        add();
        awaitFailures(2);
        assertThat(endpoint().failingSince()).contains(clock.instant());
        assertThat(endpoint().isEnabled()).isTrue();
    }

    @Test
    void aSecretThatWasReplacedSignsForADayAndNotLonger() {
        save(endpoint().withSecret(NEW, clock.instant()));
        clock.advance(WebhookEndpoint.RETIRED_SIGNS_FOR.minusSeconds(1));
        var both = signatures();
        assertThat(both).containsExactly(signed(NEW), signed(OLD));
        requests.clear();
        clock.advance(Duration.ofSeconds(1));
        var one = signatures();
        assertThat(one).containsExactly(signed(NEW));
    }

    @Test
    void theTimeThatAReceiverAsksForIsWaited() {
        answer = new Answer.Response(429, Duration.ofMinutes(50));
        add();
        awaitFailures(1);
        clock.advance(Duration.ofMinutes(50).minusSeconds(1));
        runner.runDue();
        assertThat(requests).hasSize(1);
        clock.advance(Duration.ofSeconds(2));
        awaitFailures(2);
    }

    @Test
    void beyondTheDeliveriesThatMayWaitThereAreDeadLettersWhichAReplaySends() {
        store.onAppend(new WebhookRouting(2));
        for (var i = 0; i < 3; i++) {
            var changed = new HubEvent.BusinessStatusChanged("acme", "Acme", i % 2 == 0);
            store.journal()
                    .submit(work -> work.append(changed, Actor.HUB, clock.instant(), clock.instant()))
                    .join();
        }
        assertThat(store.outboundJobs().listJobs(Channel.WEBHOOK, ID, Long.MAX_VALUE, 10))
                .extracting(OutboundJob::state, OutboundJob::detail)
                .containsExactly(
                        tuple(JobState.DEAD, "not sent: 2 deliveries of the endpoint wait"),
                        tuple(JobState.PENDING, ""),
                        tuple(JobState.PENDING, ""));
        await(() -> runner.counters().delivered() == 2);
        assertThat(requests).hasSize(2);
        store.journal()
                .submit(work -> work.replayDeadJobs(Channel.WEBHOOK, ID, clock.instant(), clock.instant(), 10))
                .join();
        clock.advance(Duration.ofSeconds(1)); // until the store is asked again
        await(() -> runner.counters().delivered() == 3);
        assertThat(requests).hasSize(3);
    }

    private void add() {
        store.journal()
                .submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, ID, WebhookEvents.TEST, 0, clock.instant()));
                    return true;
                })
                .join();
    }

    private void save(WebhookEndpoint endpoint) {
        store.journal()
                .submit(work -> {
                    work.saveWebhook(endpoint);
                    return true;
                })
                .join();
    }

    private WebhookEndpoint endpoint() {
        return store.webhooks().findWebhook(ID).orElseThrow();
    }

    private void awaitFailures(int count) {
        await(() -> runner.counters().failed() == count);
    }

    /// Those of a request that is sent now.
    private List<String> signatures() {
        add();
        await(() -> !requests.isEmpty());
        return List.of(requests.element()
                .headers()
                .getOrDefault("webhook-signature", "")
                .split(" "));
    }

    /// By the reference implementation.
    private String signed(WebhookSecret secret) {
        var request = requests.element();
        var timestamp = Long.parseLong(request.headers().getOrDefault("webhook-timestamp", ""));
        try {
            return new Webhook(secret.value())
                    .sign(request.headers().getOrDefault("webhook-id", ""), timestamp, request.body());
        } catch (EmptyWebhookSecretException | WebhookSigningException e) {
            throw new AssertionError(e);
        }
    }

    private void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.interrupted()).as("interrupted by the timeout").isFalse();
            runner.runDue();
            Thread.onSpinWait();
        }
    }
}
