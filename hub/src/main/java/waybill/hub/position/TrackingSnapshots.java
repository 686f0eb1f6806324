package waybill.hub.position;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.PositionVisibility;
import waybill.tracking.SignalPolicy;

/// The tracking state of orders for new viewers: customers and stores see the driver only between the pickup and
/// the end of their order. Thread-safe.
final class TrackingSnapshots {

    private final ActiveOrders activeOrders;
    private final EventLog log;
    private final PositionUpdates updates;
    private final EtaEstimator etas;
    private final SignalPolicy signals;
    private final Map<OrderId, Long> visibleSinceMs = new ConcurrentHashMap<>(); // of active orders that were picked up

    TrackingSnapshots(
            ActiveOrders activeOrders, EventLog log, PositionUpdates updates, EtaEstimator etas, SignalPolicy signals) {
        this.activeOrders = activeOrders;
        this.log = log;
        this.updates = updates;
        this.etas = etas;
        this.signals = signals;
    }

    /// The time from which the viewer may see the driver of an order, null if it is not in memory.
    @Nullable
    Long visibleSinceMsOrNone(Principal viewer, Order order) {
        if (!order.state().isActive()) {
            return PositionVisibility.NEVER;
        }
        if (PositionVisibility.seesAllPositions(viewer.role())) {
            return 0L;
        }
        return PositionVisibility.isVisible(order.state())
                ? visibleSinceMs.get(order.id())
                : Long.valueOf(PositionVisibility.NEVER);
    }

    /// The same for customer and store, read from the log.
    long loadVisibleSinceMs(Order order) {
        var since = PositionVisibility.visibleSinceMs(log.listHistory(order.id()));
        visibleSinceMs.put(order.id(), since);
        if (activeOrders
                .byId(order.id())
                .filter(now -> now.lastSequence() == order.lastSequence())
                .isEmpty()) {
            visibleSinceMs.remove(order.id()); // reassigned or ended meanwhile
        }
        return since;
    }

    /// @param trackOrNone the state of the order's driver
    TrackingSnapshot of(
            Principal viewer, Order order, @Nullable DriverTrackState trackOrNone, long sinceMs, long nowMs) {
        var fix = trackOrNone == null || trackOrNone.newest().recordedAtMs() < sinceMs ? null : trackOrNone.newest();
        var position = fix == null ? null : updates.forOneOrNone(viewer, fix, order, nowMs);
        return new TrackingSnapshot(
                order,
                position,
                position == null ? null : signals.of(position.ageMs()),
                etas.estimate(order, trackOrNone, nowMs)
                        .map(eta -> PositionUpdates.eta(eta, order))
                        .orElse(null));
    }

    /// An order was picked up, or continues with another driver.
    void setVisibleSince(OrderId order, Instant at) {
        visibleSinceMs.put(order, at.toEpochMilli());
    }

    void remove(OrderId order) {
        visibleSinceMs.remove(order);
    }
}
