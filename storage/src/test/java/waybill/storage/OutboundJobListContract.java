package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs.JobFilter;
import waybill.outbound.WebhookEndpoint;
import waybill.outbound.WebhookSecret;

/// How outbound jobs are listed, counted and replayed, and which endpoints of webhooks there are.
interface OutboundJobListContract extends OutboundJobSteps {

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
}
