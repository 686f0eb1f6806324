package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import waybill.hub.NodeId;
import waybill.hub.outbound.JobLimits;
import waybill.hub.outbound.JobRunner;
import waybill.hub.outbound.JobSender;
import waybill.hub.schedule.InMemoryLeases;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.RetrySchedule;

/// The runner on a store in memory, with a clock that the test moves.
class JobRunnerTest {

    private static final JobLimits LIMITS = new JobLimits(5, 2, Duration.ofSeconds(10), Duration.ofSeconds(20));
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(60), Duration.ofSeconds(600)));

    private final InMemoryStore store = new InMemoryStore();
    private final Map<OutboundJob, CompletableFuture<JobOutcome>> sent = new LinkedHashMap<>();
    private final List<JobOutcome> recorded = new ArrayList<>();
    private Instant now = OrderFixture.NOON;
    private JobRunner runner = start();

    private JobRunner start() {
        return new JobRunner(
                Channel.WEBHOOK,
                new JobSender() {
                    @Override
                    public CompletableFuture<JobOutcome> send(OutboundJob job) {
                        return sent.computeIfAbsent(job, _ -> new CompletableFuture<>());
                    }

                    @Override
                    public void record(UnitOfWork work, OutboundJob job, JobOutcome outcome, Instant at) {
                        recorded.add(outcome);
                    }
                },
                SCHEDULE,
                LIMITS,
                new JobRunner.Environment(
                        store.outboundJobs(),
                        store,
                        new NodeId("node-1"),
                        store::lastSequence,
                        Runnable::run,
                        () -> now,
                        () -> now.toEpochMilli(),
                        new Random(7)),
                new InMemoryLeases(new NodeId("node-1"), () -> 0));
    }

    @Test
    void aSlowTargetDoesNotHoldUpTheOthers() {
        for (var i = 0; i < 10; i++) {
            add("slow");
        }
        add("zippy");
        pass(Duration.ofSeconds(2));
        assertThat(sent.keySet()).extracting(OutboundJob::target).containsExactlyInAnyOrder("slow", "slow", "zippy");
        add("zippy");
        pass(Duration.ofSeconds(2));
        assertThat(sent.keySet().stream().filter(job -> job.target().equals("zippy")))
                .hasSize(2);
    }

    @Test
    void noMoreAreSentAtATimeThanTheLimitAndOneThatEndsMakesRoom() {
        for (var target : List.of("a", "b", "c", "d")) {
            add(target);
            add(target);
        }
        pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(5);
        answer(0, new JobOutcome.Delivered("200"));
        pass(Duration.ofMillis(100));
        assertThat(sent).hasSize(6);
    }

    @Test
    void aFailedJobIsSentAgainWithTheSameIdUntilItIsDelivered() {
        add("a");
        pass(Duration.ofSeconds(2));
        answer(0, new JobOutcome.Failed("500"));
        assertThat(state(1)).isEqualTo(JobState.PENDING);
        passUntilSent(2);
        assertThat(sent.keySet()).extracting(OutboundJob::id).containsExactly(1L, 1L);
        answer(1, new JobOutcome.Delivered("200"));
        assertThat(state(1)).isEqualTo(JobState.DELIVERED);
        assertThat(recorded).hasSize(2);
        assertThat(runner.counters().failed()).isEqualTo(1);
        assertThat(runner.counters().delivered()).isEqualTo(1);
    }

    @Test
    void aJobIsADeadLetterAfterItsLastAttempt() {
        add("a");
        for (var i = 0; i < SCHEDULE.attemptsMax(); i++) {
            assertThat(state(1)).isEqualTo(JobState.PENDING);
            passUntilSent(i + 1);
            answer(i, new JobOutcome.Failed("500"));
        }
        assertThat(state(1)).isEqualTo(JobState.DEAD);
        assertThat(runner.counters().dead()).isEqualTo(1);
    }

    @Test
    void anAttemptWithoutAnOutcomeCountsAsFailedAndALateOutcomeIsIgnored() {
        add("a");
        pass(Duration.ofSeconds(11));
        pass(LIMITS.outcomeWithin());
        assertThat(store.outboundJobs().findJob(1).orElseThrow().detail()).isEqualTo("no outcome within 10 s");
        answer(0, new JobOutcome.Delivered("200"));
        assertThat(state(1)).isEqualTo(JobState.PENDING);
    }

    @Test
    void aSenderThatThrowsCountsAsAFailedAttempt() {
        add("a");
        pass(Duration.ofSeconds(2));
        sent.values().iterator().next().completeExceptionally(new IllegalStateException("secret"));
        assertThat(store.outboundJobs().findJob(1).orElseThrow().detail()).isEqualTo("the hub has a bug");
    }

    @Test
    void whatWasBeingSentWhenTheProcessDiedIsSentAgainAtOnce() {
        add("a");
        pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        runner = start();
        pass(Duration.ofMillis(100));
        assertThat(sent.keySet()).extracting(OutboundJob::attempts).containsExactly(1, 2);
    }

    @Test
    void whatIsBeingSentWhenTheHubStopsIsSentAgainAtTheNextStartAndNothingElseIsSent() {
        add("a");
        pass(Duration.ofSeconds(2));
        add("b");
        runner.close();
        answer(0, new JobOutcome.Failed("the hub closed the connection"));
        pass(Duration.ofSeconds(2));
        assertThat(sent).hasSize(1);
        assertThat(state(1)).isEqualTo(JobState.PENDING);
        assertThat(recorded).isEmpty();
        runner = start();
        pass(Duration.ofSeconds(2));
        assertThat(sent.keySet()).extracting(OutboundJob::target).containsExactly("a", "a", "b");
    }

    private void add(String target) {
        store.submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, target, "x", 0, now));
                    return true;
                })
                .join();
    }

    private void pass(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(50);
            runner.runDue();
        }
    }

    private void passUntilSent(int count) {
        while (sent.size() < count) {
            pass(Duration.ofMillis(50));
        }
    }

    private void answer(int nth, JobOutcome outcome) {
        sent.values().stream().skip(nth).findFirst().orElseThrow().complete(outcome);
    }

    private JobState state(long id) {
        return store.outboundJobs().findJob(id).orElseThrow().state();
    }
}
