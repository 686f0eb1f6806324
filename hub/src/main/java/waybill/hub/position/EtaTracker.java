package waybill.hub.position;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// The last published ETA of each active order. Thread-safe.
final class EtaTracker {

    private final EtaEstimator estimator;
    private final Predicate<OrderId> isActive;
    private final Map<OrderId, Eta> lastBroadcast = new ConcurrentHashMap<>();

    /// @param isActive whether an order is active; once false, it stays false
    EtaTracker(EtaEstimator estimator, Predicate<OrderId> isActive) {
        this.estimator = estimator;
        this.isActive = isActive;
    }

    /// The ETA, if it differs enough from the last published one; it is then stored as published.
    Optional<Eta> changedEta(Order order, DriverTrackState state, long nowMs) {
        estimator.storeFirst(order, state, nowMs);
        return estimator.estimate(order, state, nowMs).filter(eta -> {
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

    void remove(OrderId order) {
        lastBroadcast.remove(order);
    }
}
