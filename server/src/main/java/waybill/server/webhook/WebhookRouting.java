package waybill.server.webhook;

import waybill.journal.AppendListener;
import waybill.journal.LogEntry;
import waybill.journal.UnitOfWork;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;

/// Adds a job for each endpoint that receives an event, in the event's transaction.
public final class WebhookRouting implements AppendListener {

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
                    work.addJob(new NewJob(Channel.WEBHOOK, endpoint.id(), type, entry.sequence(), entry.receivedAt()));
                }
            }
        });
    }
}
