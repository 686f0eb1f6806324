package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import waybill.order.Actor;
import waybill.order.NodeEvent;
import waybill.outbound.Channel;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs.DueQuery;

/// What [waybill.outbound.JobWriter] changes, from the event of a job to its end.
interface OutboundJobContract extends OutboundJobSteps {

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
    default void aProcessThatSendsTheJobsFromNowOnEndsTheLeasesOfOthers() {
        addJob("a", 0);
        addJob("b", 0);
        lease(Duration.ofHours(1), NODE, 1);
        lease(Duration.ofHours(1), "node-2", 2);
        assertThat(journal()
                        .submit(work -> work.releaseJobs(Channel.WEBHOOK, "node-2", NOON))
                        .join())
                .isEqualTo(1);
        assertThat(due(NOON).jobs()).extracting(OutboundJob::id).containsExactly(1L);
        assertThat(journal()
                        .submit(work -> work.releaseJobs(Channel.WEBHOOK, "", NOON))
                        .join())
                .isEqualTo(1);
        assertThat(due(NOON).jobs()).extracting(OutboundJob::id).containsExactly(1L, 2L);
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
}
