package waybill.hub.position;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// Estimates arrivals and stores the last published ETA of each active order. Thread-safe.
public final class EtaTracker {

    private final Predicate<OrderId> isActive;
    private final Map<OrderId, Eta> lastBroadcast = new ConcurrentHashMap<>();

    /// @param isActive whether an order is active; once false, it stays false
    public EtaTracker(Predicate<OrderId> isActive) {
        this.isActive = isActive;
    }

    /// The ETA of an order, from the addresses in the order itself.
    public static Optional<Eta> estimate(Order order, DriverTrackState state, long nowMs) {
        return Eta.of(order, order.details().pickup(), state, nowMs);
    }

    /// The ETA, if it differs enough from the last published one; it is then stored as published.
    public Optional<Eta> changedEta(Order order, DriverTrackState state, long nowMs) {
        return estimate(order, state, nowMs).filter(eta -> {
            var before = lastBroadcast.get(order.id());
            if (before != null && !eta.hasChangedSince(before)) {
                return false;
            }
            lastBroadcast.put(order.id(), eta);
            if (!isActive.test(order.id())) {
                lastBroadcast.remove(order.id()); // it ended meanwhile; the entry would leak
            }
            return true;
        });
    }

    public void remove(OrderId order) {
        lastBroadcast.remove(order);
    }
}
