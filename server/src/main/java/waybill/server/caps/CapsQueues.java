package waybill.server.caps;

import java.util.concurrent.Executor;
import waybill.hub.ParcelQueues;
import waybill.hub.presence.Presence;
import waybill.journal.EventLog;
import waybill.messaging.MessageQueues;
import waybill.messaging.QueueSubscriptions;

/// The queues of parcels: commands on them, their messages, their subscribers, and the connections of all nodes.
///
/// @param blockingExecutor runs the reads of messages; it rejects one when too many wait
public record CapsQueues(
        ParcelQueues commands,
        MessageQueues messages,
        QueueSubscriptions subscriptions,
        Presence presence,
        EventLog log,
        Executor blockingExecutor) {}
