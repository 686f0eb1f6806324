package waybill.server.webhook;

import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;

/// Adds a job for each endpoint that receives an event, in the event's transaction.
///
/// @param pendingMax deliveries of an endpoint that may wait; further ones are dead letters
public record WebhookRouting(int pendingMax) implements AppendListener {

    @Override
    public void onAppend(UnitOfWork work, LogEntry entry) {
        var endpoints = work.listWebhooks();
        if (endpoints.isEmpty()) {
            return;
        }
        WebhookEvents.type(entry).ifPresent(type -> {
            var store = WebhookEvents.store(entry);
            for (var endpoint : endpoints) {
                if (endpoint.receives(type, store)) {
                    add(work, new NewJob(Channel.WEBHOOK, endpoint.id(), type, entry.sequence(), entry.receivedAt()));
                }
            }
        });
    }

    private void add(UnitOfWork work, NewJob job) {
        if (work.countPendingJobs(job.channel(), job.target()) < pendingMax) {
            work.addJob(job);
        } else {
            work.addDeadJob(job, "not sent: " + pendingMax + " deliveries of the endpoint wait");
        }
    }
}
