package waybill.server.live;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import waybill.directory.Directory;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderPlacement;
import waybill.hub.position.EtaEstimator;
import waybill.hub.presence.SocketCounts;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.schedule.AbandonedOrders;
import waybill.hub.schedule.Leases;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.messaging.ClientCheckpoints;
import waybill.messaging.Confirmations;
import waybill.order.OrderQueries;
import waybill.server.identity.TokenVerifier;
import waybill.server.socket.SocketLimits;
import waybill.tracking.DriverPositions;
import waybill.tracking.TrackLog;

/// What the dialects stand on.
///
/// @param wakeRelay has the thread that tells what happens look whether there is something to do
/// @param elapsedMs counts the time that passes, whatever becomes of the clock
/// @param blockingExecutor runs what waits for the disk; it declines when too much waits
public record LiveServices(
        OrderCommandHandler orders,
        OrderPlacement orderPlacement,
        Journal journal,
        EventLog log,
        OrderQueries orderQueries,
        Confirmations confirmations,
        ClientCheckpoints checkpoints,
        Directory directory,
        TokenVerifier tokenVerifier,
        ActiveOrders activeOrders,
        DriverPositions driverPositions,
        EtaEstimator etas,
        TrackLog tracks,
        ClientRegistry clients,
        Executor blockingExecutor,
        Runnable wakeRelay,
        InstantSource clock,
        LongSupplier elapsedMs,
        RandomGenerator random,
        SocketLimits limits,
        AbandonedOrders.Limit abandoned,
        Node node) {

    /// The node among those that share the store.
    ///
    /// @param relay the name of its relay's checkpoint
    /// @param leases which tasks it runs for all nodes
    /// @param sockets which dialects have sockets on any node
    public record Node(String relay, Leases leases, SocketCounts sockets) {}
}
