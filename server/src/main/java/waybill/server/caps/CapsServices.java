package waybill.server.caps;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import waybill.hub.OrderCommandHandler;
import waybill.hub.ParcelQueues;
import waybill.hub.presence.Presence;
import waybill.hub.presence.UserSockets;
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
public record CapsServices(
        OrderCommandHandler orders,
        EventLog log,
        Queues queues,
        Sockets sockets,
        Executor blockingExecutor,
        Supplier<OrderId> ids,
        InstantSource clock,
        Settings settings) {

    /// The queues of parcels: commands on them, their messages, and the sockets that subscribed to them.
    public record Queues(ParcelQueues commands, MessageQueues messages, QueueSubscriptions subscriptions) {}

    /// The sockets of all nodes.
    public record Sockets(Presence presence, UserSockets ofUsers) {}

    /// The operator's settings for `/caps`.
    ///
    /// @param profile the profile of a client that requests none
    /// @param admission how many sockets are admitted
    public record Settings(Profile profile, CapsLimits limits, AdmissionLimits admission) {}

    Presence presence() {
        return sockets.presence();
    }

    MessageQueues messageQueues() {
        return queues.messages();
    }

    QueueSubscriptions subscriptions() {
        return queues.subscriptions();
    }

    Profile profile() {
        return settings.profile();
    }

    CapsLimits limits() {
        return settings.limits();
    }

    AdmissionLimits admission() {
        return settings.admission();
    }
}
