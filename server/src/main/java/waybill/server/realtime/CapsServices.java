package waybill.server.realtime;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Subscriptions;
import waybill.order.EventLog;
import waybill.order.OrderId;
import waybill.order.Orders;
import waybill.server.dialect.Profile;

/// What `/caps` stands on.
///
/// @param readers runs what waits for the disk; it declines when too much waits
/// @param ids draws the ids of new orders
/// @param admission how many sockets may come
/// @param profile how a client is spoken to that does not say how
public record CapsServices(
        Orders orders,
        EventLog log,
        Mailboxes mailboxes,
        Subscriptions subscriptions,
        Present present,
        Executor readers,
        Supplier<OrderId> ids,
        InstantSource clock,
        Profile profile,
        CapsLimits limits,
        AdmissionLimits admission) {}
