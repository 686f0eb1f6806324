package waybill.server.realtime;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import waybill.directory.Directory;
import waybill.mailbox.Checkpoints;
import waybill.mailbox.Receipts;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.OrderBook;
import waybill.order.Orders;
import waybill.server.identity.Identity;
import waybill.tracking.LastKnown;
import waybill.tracking.TrackLog;

/// What the dialects stand on.
///
/// @param wakeRelay has the thread that tells what happens look whether there is something to do
/// @param elapsedMs counts the time that passes, whatever becomes of the clock
/// @param readers runs what waits for the disk; it declines when too much waits
public record LiveServices(
        Orders orders,
        Placement placement,
        Journal journal,
        EventLog log,
        OrderBook book,
        Receipts receipts,
        Checkpoints checkpoints,
        Directory directory,
        Identity identity,
        ActiveOrders active,
        LastKnown lastKnown,
        TrackLog tracks,
        Clients clients,
        Executor readers,
        Runnable wakeRelay,
        InstantSource clock,
        LongSupplier elapsedMs,
        RandomGenerator random,
        LiveLimits limits,
        Abandoned.Limit abandoned) {}
