package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.NodeEvent;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobResult;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs.DuePage;
import waybill.outbound.OutboundJobs.DueQuery;
import waybill.outbound.OutboundJobs.JobFilter;
import waybill.outbound.RetrySchedule;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;

/// What [waybill.outbound.JobWriter] changes and [waybill.outbound.OutboundJobs] reads.
interface OutboundJobContract extends StorePorts {

    String NODE = "node-1";
    Instant NOON = OrderFixture.NOON;
    RetrySchedule TWICE = new RetrySchedule(List.of(Duration.ofSeconds(10)));

    @Test
    default void aJobIsAddedInTheTransactionOfItsEvent() {
        var sequence = submitEvent(work -> {
                    var provisional = work.append(new NodeEvent.EventConfirmed(ACME, 1), Actor.HUB, NOON);
                    work.addJob(new NewJob(Channel.PUSH, "kari", "order.offered", provisional, NOON));
                    return provisional;
                })
                .join();
        var job = outboundJobs().findJob(1).orElseThrow();
        assertThat(job)
                .isEqualTo(new OutboundJob(
                        1, Channel.PUSH, "kari", "order.offered", sequence, NOON, JobState.PENDING, 0, NOON, ""));
        assertThat(outboundJobs().countJobs(Channel.PUSH, JobState.PENDING)).isEqualTo(1);
        assertThat(outboundJobs().countJobs(Channel.WEBHOOK, JobState.PENDING)).isZero();
    }

    @Test
    default void aJobIsDueFromItsTimeOn() {
        journal()
                .submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, "a", "x", 0, NOON, NOON.plusSeconds(5)));
                    return true;
                })
                .join();
        assertThat(due(NOON.plusMillis(4_999)).jobs()).isEmpty();
        assertThat(due(NOON.plusSeconds(5)).jobs()).extracting(OutboundJob::id).containsExactly(1L);
    }

    @Test
    default void targetsTakeTurnsAndFullOnesAreLeftOut() {
        for (var i = 0; i < 3; i++) {
            addJob("a", 0);
        }
        addJob("b", 0);
        addJob("c", 0);
        var first = outboundJobs().listDue(new DueQuery(Channel.WEBHOOK, NOON, "", Set.of(), 2, 3));
        assertThat(first.jobs()).extracting(OutboundJob::id).containsExactly(1L, 2L, 4L);
        assertThat(first.lastTarget()).isEqualTo("b");
        var second = outboundJobs().listDue(new DueQuery(Channel.WEBHOOK, NOON, "b", Set.of(), 2, 3));
        assertThat(second.jobs()).extracting(OutboundJob::id).containsExactly(5L);
        assertThat(second.lastTarget()).isEmpty();
        var without = outboundJobs().listDue(new DueQuery(Channel.WEBHOOK, NOON, "", Set.of("a", "c"), 2, 3));
        assertThat(without.jobs()).extracting(OutboundJob::id).containsExactly(4L);
    }

    @Test
    default void aJobIsLeasedOnceUntilTheLeaseExpires() {
        addJob("a", 0);
        assertThat(lease(Duration.ofSeconds(30), NODE, 1, 7)).singleElement().satisfies(job -> {
            assertThat(job.attempts()).isEqualTo(1);
            assertThat(job.dueAt()).isEqualTo(NOON.plusSeconds(30));
        });
        assertThat(due(NOON).jobs()).isEmpty();
        assertThat(lease(Duration.ofSeconds(30), "node-2", 1)).isEmpty();

        var later = NOON.plusSeconds(30);
        assertThat(due(later).jobs()).hasSize(1);
        assertThat(leaseAt(later, "node-2", 1))
                .singleElement()
                .satisfies(job -> assertThat(job.attempts()).isEqualTo(2));
        assertThat(finish(NODE, 1, 1, new JobOutcome.Delivered("200")))
                .as("node-1 has lost the lease")
                .isFalse();
        assertThat(finish("node-2", 1, 2, new JobOutcome.Delivered("200"))).isTrue();
        assertThat(outboundJobs().findJob(1).orElseThrow().state()).isEqualTo(JobState.DELIVERED);
        assertThat(due(later.plusSeconds(100)).jobs()).isEmpty();
    }

    @Test
    default void theJobsOfATargetThatAreToBeSentAreCounted() {
        addJob("b", 0);
        assertThat(pending("a")).isZero();
        addJob("a", 0);
        addJob("a", 0);
        assertThat(pending("a")).isEqualTo(2);
        assertThatThrownBy(() -> journal()
                        .submit(work -> {
                            work.addJob(new NewJob(Channel.WEBHOOK, "a", "x", 0, NOON));
                            throw new IllegalStateException("rolled back");
                        })
                        .join())
                .hasMessageContaining("rolled back");
        assertThat(pending("a")).isEqualTo(2);
        lease(Duration.ofSeconds(30), NODE, 2, 3);
        finish(NODE, 2, 1, new JobOutcome.Failed("500"));
        assertThat(pending("a")).isEqualTo(2);
        finish(NODE, 3, 1, new JobOutcome.Rejected("410"));
        assertThat(pending("a")).isEqualTo(1);
        journal().submit(work -> work.replayJob(Channel.WEBHOOK, "a", 3, NOON)).join();
        assertThat(pending("a")).isEqualTo(2);
        assertThat(pending("b")).isEqualTo(1);
    }

    private int pending(String target) {
        return journal()
                .submit(work -> work.countPendingJobs(Channel.WEBHOOK, target))
                .join();
    }

    @Test
    default void aJobThatIsADeadLetterFromTheStartIsSentByAReplay() {
        journal()
                .submit(work -> {
                    work.addDeadJob(new NewJob(Channel.WEBHOOK, "a", "x", 0, NOON), "full");
                    return work.countPendingJobs(Channel.WEBHOOK, "a");
                })
                .thenAccept(count -> assertThat(count).isZero())
                .join();
        assertThat(due(NOON).jobs()).isEmpty();
        var dead = outboundJobs().findJob(1).orElseThrow();
        assertThat(dead.state()).isEqualTo(JobState.DEAD);
        assertThat(dead.attempts()).isZero();
        assertThat(dead.detail()).isEqualTo("full");
        assertThat(journal()
                        .submit(work -> work.replayDeadJobs(Channel.WEBHOOK, "a", NOON, NOON, 10))
                        .join())
                .isEqualTo(1);
        assertThat(due(NOON).jobs()).extracting(OutboundJob::id).containsExactly(1L);
    }

    @Test
    default void jobsAreListedByChannelAndStateNewestFirst() {
        journal()
                .submit(work -> {
                    for (var i = 0; i < 2; i++) {
                        work.addJob(new NewJob(Channel.WEBHOOK, "a", "x", 0, NOON));
                        work.addJob(new NewJob(Channel.MAIL, "b", "x", 0, NOON));
                        work.addDeadJob(new NewJob(Channel.PUSH, "c", "x", 0, NOON), "full");
                    }
                    return true;
                })
                .join();
        assertThat(listed(JobFilter.ALL, 6, 3)).containsExactly(5L, 4L, 3L);
        assertThat(listed(new JobFilter(Set.of(Channel.MAIL), Set.of(JobState.values())), Long.MAX_VALUE, 10))
                .containsExactly(5L, 2L);
        assertThat(listed(new JobFilter(Set.of(Channel.values()), Set.of(JobState.PENDING)), Long.MAX_VALUE, 3))
                .containsExactly(5L, 4L, 2L);
        assertThat(listed(new JobFilter(Set.of(Channel.PUSH), Set.of(JobState.DEAD)), 6, 10))
                .containsExactly(3L);
        assertThat(listed(new JobFilter(Set.of(Channel.PUSH), Set.of(JobState.PENDING)), 7, 10))
                .isEmpty();
    }

    @Test
    default void jobsAreListedByTheEventsThatTheyAreOf() {
        addJob("a", 7);
        addJob("b", 8);
        addJob("c", 7);
        addJob("d", 9);
        assertThat(outboundJobs().listJobsOf(List.of(8L, 7L, 5L)))
                .extracting(OutboundJob::target)
                .containsExactly("b", "a", "c");
        assertThat(outboundJobs().listJobsOf(List.of())).isEmpty();
    }

    private List<Long> listed(JobFilter filter, long before, int max) {
        return outboundJobs().listJobs(filter, before, max).stream()
                .map(OutboundJob::id)
                .toList();
    }

    @Test
    default void aNodeThatStartsAnewEndsItsOwnLeases() {
        addJob("a", 0);
        addJob("b", 0);
        lease(Duration.ofHours(1), NODE, 1);
        lease(Duration.ofHours(1), "node-2", 2);
        assertThat(journal()
                        .submit(work -> work.releaseJobs(Channel.WEBHOOK, NODE, NOON))
                        .join())
                .isEqualTo(1);
        assertThat(due(NOON).jobs()).extracting(OutboundJob::id).containsExactly(1L);
    }

    @Test
    default void aFailedJobIsDueAgainLaterAndIsDeadAfterItsLastAttempt() {
        addJob("a", 0);
        lease(Duration.ofSeconds(30), NODE, 1);
        finish(NODE, 1, 1, new JobOutcome.Failed("500"));
        assertThat(outboundJobs().findJob(1).orElseThrow()).satisfies(job -> {
            assertThat(job.state()).isEqualTo(JobState.PENDING);
            assertThat(job.detail()).isEqualTo("500");
            assertThat(job.dueAt()).isEqualTo(NOON.plusSeconds(5));
        });
        leaseAt(NOON.plusSeconds(5), NODE, 1);
        finish(NODE, 1, 2, new JobOutcome.Failed("503"));
        assertThat(outboundJobs().findJob(1).orElseThrow().state()).isEqualTo(JobState.DEAD);
        assertThat(outboundJobs().countJobs(Channel.WEBHOOK, JobState.DEAD)).isEqualTo(1);
        assertThat(outboundJobs().countJobs(Channel.WEBHOOK, JobState.PENDING)).isZero();
    }

    @Test
    default void jobsThatHaveEndedAreReplayedUnderTheSameId() {
        for (var i = 1; i <= 4; i++) {
            addJob("a", 0);
            lease(Duration.ofSeconds(30), NODE, i);
        }
        finish(NODE, 1, 1, new JobOutcome.Delivered("200"));
        finish(NODE, 2, 1, new JobOutcome.Rejected("410"));
        finish(NODE, 3, 1, new JobOutcome.Rejected("410"));

        assertThat(replay("b", 1)).isFalse();
        assertThat(replay("a", 4)).as("it has not ended").isFalse();
        assertThat(replay("a", 1)).isTrue();
        assertThat(due(NOON).jobs()).singleElement().satisfies(job -> {
            assertThat(job.id()).isEqualTo(1);
            assertThat(job.attempts()).isZero();
        });
        assertThat(replayDead("b", NOON, 10)).isZero();
        assertThat(replayDead("a", NOON.plusMillis(1), 10)).isZero();
        assertThat(replayDead("a", NOON, 1)).isEqualTo(1);
        assertThat(replayDead("a", NOON, 10)).isEqualTo(1);
        assertThat(due(NOON).jobs()).extracting(OutboundJob::id).containsExactlyInAnyOrder(1L, 2L, 3L);
    }

    @Test
    default void jobsOfATargetAreListedNewestFirstInPages() {
        for (var i = 0; i < 3; i++) {
            addJob("a", 0);
            addJob("b", 0);
        }
        var page = outboundJobs().listJobs(Channel.WEBHOOK, "a", Long.MAX_VALUE, 2);
        assertThat(page).extracting(OutboundJob::id).containsExactly(5L, 3L);
        assertThat(outboundJobs().listJobs(Channel.WEBHOOK, "a", 3, 2))
                .extracting(OutboundJob::id)
                .containsExactly(1L);
    }

    @Test
    default void endpointsOfWebhooksAreReadAsTheyWereSaved() {
        var endpoint = new WebhookEndpoint(
                "w1",
                "https://example.com/hooks",
                Set.of("order.new", "order.delayed"),
                ACME,
                "the books",
                NOON,
                WebhookSecret.generate(new Random(1)),
                null,
                null,
                null);
        saveWebhook(endpoint);
        assertThat(webhooks().findWebhook("w1")).contains(endpoint);
        var changed = endpoint.withSecret(WebhookSecret.generate(new Random(2)), NOON)
                .withFailure(NOON)
                .withTarget("https://example.com", Set.of(), null, "")
                .disable(NOON, "gone");
        saveWebhook(changed);
        assertThat(webhooks().listWebhooks()).containsExactly(changed);
        assertThat(journal().submit(UnitOfWork::listWebhooks).join()).containsExactly(changed);
        assertThat(journal().submit(work -> work.deleteWebhook("w1")).join()).isTrue();
        assertThat(journal().submit(work -> work.deleteWebhook("w1")).join()).isFalse();
        assertThat(webhooks().findWebhook("w1")).isEmpty();
        assertThat(journal().submit(UnitOfWork::listWebhooks).join()).isEmpty();
    }

    private void saveWebhook(WebhookEndpoint endpoint) {
        journal()
                .submit(work -> {
                    work.saveWebhook(endpoint);
                    return true;
                })
                .join();
    }

    default void addJob(String target, long sequence) {
        journal()
                .submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, target, "x", sequence, NOON));
                    return true;
                })
                .join();
    }

    default DuePage due(Instant now) {
        return outboundJobs().listDue(new DueQuery(Channel.WEBHOOK, now, "", Set.of(), 10, 100));
    }

    default List<OutboundJob> lease(Duration time, String node, long... ids) {
        var all = Arrays.stream(ids).boxed().toList();
        return journal()
                .submit(work -> work.leaseJobs(all, new JobLease(node, NOON.plus(time)), NOON))
                .join();
    }

    private List<OutboundJob> leaseAt(Instant now, String node, long id) {
        return journal()
                .submit(work -> work.leaseJobs(List.of(id), new JobLease(node, now.plusSeconds(30)), now))
                .join();
    }

    private boolean finish(String node, long id, int attempt, JobOutcome outcome) {
        var job = new OutboundJob(id, Channel.WEBHOOK, "a", "x", 0, NOON, JobState.PENDING, attempt, NOON, "");
        return journal()
                .submit(work -> work.finishJob(node, JobResult.of(job, outcome, TWICE, NOON, 0.5)))
                .join();
    }

    private boolean replay(String target, long id) {
        return journal()
                .submit(work -> work.replayJob(Channel.WEBHOOK, target, id, NOON))
                .join();
    }

    private int replayDead(String target, Instant since, int max) {
        return journal()
                .submit(work -> work.replayDeadJobs(Channel.WEBHOOK, target, since, NOON, max))
                .join();
    }
}
