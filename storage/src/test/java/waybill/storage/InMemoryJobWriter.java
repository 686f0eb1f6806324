package waybill.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobResult;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.WebhookEndpoint;

/// Outbound jobs, in a collection.
abstract class InMemoryJobWriter extends InMemoryMessageWriter {

    InMemoryJobs jobs = new InMemoryJobs();
    final TreeMap<String, WebhookEndpoint> webhooks = new TreeMap<>();

    final void copyJobsTo(InMemoryJobWriter copy) {
        copy.jobs = jobs.copy();
        copy.webhooks.putAll(webhooks);
    }

    @Override
    public void addJob(NewJob job) {
        jobs.add(job, sequences().of(job.sequence()));
    }

    @Override
    public void addDeadJob(NewJob job, String detail) {
        jobs.addDead(job, sequences().of(job.sequence()), detail);
    }

    @Override
    public int countPendingJobs(Channel channel, String target) {
        return jobs.countPending(channel, target);
    }

    @Override
    public List<OutboundJob> leaseJobs(List<Long> ids, JobLease lease, Instant now) {
        return jobs.lease(ids, lease, now);
    }

    @Override
    public int releaseJobs(Channel channel, String kept, Instant now) {
        return jobs.release(channel, kept, now);
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

    @Override
    public List<WebhookEndpoint> listWebhooks() {
        return List.copyOf(webhooks.values());
    }

    @Override
    public Optional<WebhookEndpoint> findWebhook(String id) {
        return Optional.ofNullable(webhooks.get(id));
    }

    @Override
    public void saveWebhook(WebhookEndpoint endpoint) {
        webhooks.put(endpoint.id(), endpoint);
    }

    @Override
    public boolean deleteWebhook(String id) {
        return webhooks.remove(id) != null;
    }
}
