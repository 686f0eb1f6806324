package waybill.storage;

import java.time.Instant;
import java.util.List;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobResult;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;

/// Outbound jobs, in a collection.
abstract class InMemoryJobWriter extends InMemoryMessageWriter {

    InMemoryJobs jobs = new InMemoryJobs();

    final void copyJobsTo(InMemoryJobWriter copy) {
        copy.jobs = jobs.copy();
    }

    @Override
    public void addJob(NewJob job) {
        jobs.add(job, sequences().of(job.sequence()));
    }

    @Override
    public List<OutboundJob> leaseJobs(List<Long> ids, JobLease lease, Instant now) {
        return jobs.lease(ids, lease, now);
    }

    @Override
    public int releaseJobs(Channel channel, String owner, Instant now) {
        return jobs.release(channel, owner, now);
    }

    @Override
    public boolean finishJob(String owner, JobResult result) {
        return jobs.finish(owner, result);
    }

    @Override
    public boolean replayJob(Channel channel, String target, long id, Instant now) {
        return jobs.replay(channel, target, id, now);
    }

    @Override
    public int replayDeadJobs(Channel channel, String target, Instant since, Instant now, int max) {
        return jobs.replayDead(channel, target, since, now, max);
    }
}
