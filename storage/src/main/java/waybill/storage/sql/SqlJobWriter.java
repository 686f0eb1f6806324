package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.journal.AppendListener;
import waybill.outbound.Channel;
import waybill.outbound.JobLease;
import waybill.outbound.JobResult;
import waybill.outbound.NewJob;
import waybill.outbound.OutboundJob;
import waybill.outbound.WebhookEndpoint;

/// Outbound jobs and the endpoints of webhooks, on the writing connection. Belongs to the journal's thread.
abstract class SqlJobWriter extends SqlMessageWriter {

    private final JobTable jobs;
    private final WebhookTable webhooks;

    SqlJobWriter(Statements statements, TrustedClock clock, AppendListener appendListener) throws SQLException {
        super(statements, clock, appendListener);
        jobs = new JobTable(statements);
        webhooks = new WebhookTable(statements);
    }

    @Override
    public void addJob(NewJob job) {
        translateErrors(() -> {
            jobs.add(job, uncommitted.sequences().of(job.sequence()));
            return true;
        });
    }

    @Override
    public void addDeadJob(NewJob job, String detail) {
        translateErrors(() -> {
            jobs.addDead(job, uncommitted.sequences().of(job.sequence()), detail);
            return true;
        });
    }

    @Override
    public int countPendingJobs(Channel channel, String target) {
        return translateErrors(() -> jobs.countPending(channel, target));
    }

    @Override
    public List<OutboundJob> leaseJobs(List<Long> ids, JobLease lease, Instant now) {
        return translateErrors(() -> jobs.lease(ids, lease, now));
    }

    @Override
    public int releaseJobs(Channel channel, String kept, Instant now) {
        return translateErrors(() -> jobs.release(channel, kept, now));
    }

    @Override
    public boolean finishJob(String owner, JobResult result) {
        return translateErrors(() -> jobs.finish(owner, result));
    }

    @Override
    public boolean replayJob(Channel channel, String target, long id, Instant now) {
        return translateErrors(() -> jobs.replay(channel, target, id, now));
    }

    @Override
    public int replayDeadJobs(Channel channel, String target, Instant since, Instant now, int max) {
        return translateErrors(() -> jobs.replayDead(channel, target, since, now, max));
    }

    @Override
    public List<WebhookEndpoint> listWebhooks() {
        return translateErrors(webhooks::list);
    }

    @Override
    public Optional<WebhookEndpoint> findWebhook(String id) {
        return listWebhooks().stream()
                .filter(endpoint -> endpoint.id().equals(id))
                .findFirst();
    }

    @Override
    public void saveWebhook(WebhookEndpoint endpoint) {
        translateErrors(() -> webhooks.save(endpoint));
    }

    @Override
    public boolean deleteWebhook(String id) {
        return translateErrors(() -> webhooks.delete(id));
    }

    final void writeJobs() throws SQLException {
        jobs.flush();
    }

    /// The transaction was rolled back.
    final void rollbackJobs() {
        jobs.clear();
        webhooks.clearCache();
    }
}
