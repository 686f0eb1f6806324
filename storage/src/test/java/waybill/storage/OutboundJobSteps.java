package waybill.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobOutcome;
import waybill.outbound.JobResult;
import waybill.outbound.JobState;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.OutboundJobs.DuePage;
import waybill.outbound.OutboundJobs.DueQuery;
import waybill.outbound.RetrySchedule;

/// What happens to outbound jobs, for the contracts about them.
interface OutboundJobSteps extends StorePorts {

    String NODE = "node-1";
    Instant NOON = OrderFixture.NOON;
    RetrySchedule TWICE = new RetrySchedule(List.of(Duration.ofSeconds(10)));

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

    default List<OutboundJob> leaseAt(Instant now, String node, long id) {
        return journal()
                .submit(work -> work.leaseJobs(List.of(id), new JobLease(node, now.plusSeconds(30)), now))
                .join();
    }

    default boolean finish(String node, long id, int attempt, JobOutcome outcome) {
        var job = new OutboundJob(id, Channel.WEBHOOK, "a", "x", 0, NOON, JobState.PENDING, attempt, NOON, "");
        return journal()
                .submit(work -> work.finishJob(node, JobResult.of(job, outcome, TWICE, NOON, 0.5)))
                .join();
    }

    default boolean replay(String target, long id) {
        return journal()
                .submit(work -> work.replayJob(Channel.WEBHOOK, target, id, NOON))
                .join();
    }

    default int replayDead(String target, Instant since, int max) {
        return journal()
                .submit(work -> work.replayDeadJobs(Channel.WEBHOOK, target, since, NOON, max))
                .join();
    }
}
