package waybill.server.caps;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import waybill.hub.OrderCommandHandler;
import waybill.journal.EventLog;
import waybill.messaging.MessageQueues;
import waybill.messaging.QueueSubscriptions;
import waybill.order.OrderId;
import waybill.server.dialect.caps.Profile;
import waybill.server.socket.AdmissionLimits;

/// What `/caps` stands on.
///
/// @param blockingExecutor runs what waits for the disk; it declines when too much waits
/// @param ids draws the ids of new orders
/// @param admission how many sockets may come
/// @param profile how a client is spoken to that does not say how
public record CapsServices(
        OrderCommandHandler orders,
        EventLog log,
        MessageQueues messageQueues,
        QueueSubscriptions subscriptions,
        ConnectedSockets connectedSockets,
        Executor blockingExecutor,
        Supplier<OrderId> ids,
        InstantSource clock,
        Profile profile,
        CapsLimits limits,
        AdmissionLimits admission) {}
