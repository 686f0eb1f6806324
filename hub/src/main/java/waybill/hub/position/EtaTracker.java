package waybill.hub.position;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.hub.eta.DelayAlerts;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// The last published ETA of each active order. Each ETA that is computed here may open or close a delay alert.
/// Thread-safe.
///
/// Each node compares an ETA with the last one that it has published itself. What another node has published is unknown
/// here, so a viewer may receive an ETA twice, or one that has moved less than usual: each is the whole ETA at its
/// time,
/// and the later one counts. A delay alert is decided by the order, which has at most one.
public final class EtaTracker {

    private final EtaEstimator estimator;
    private final DelayAlerts delays;
    private final Predicate<OrderId> isActive;
    private final Map<OrderId, Eta> lastBroadcast = new ConcurrentHashMap<>();

    /// @param isActive whether an order is active; once false, it stays false
    public EtaTracker(EtaEstimator estimator, DelayAlerts delays, Predicate<OrderId> isActive) {
        this.estimator = estimator;
        this.delays = delays;
        this.isActive = isActive;
    }

    EtaEstimator estimator() {
        return estimator;
    }

    /// The ETA at a new position, if it differs enough from the last published one; it is then stored as published.
    Optional<Eta> changedEta(Order order, DriverTrackState state, long nowMs) {
        estimator.storeFirst(order, state, nowMs);
        return estimate(order, state, nowMs)
                .filter(eta -> {
                    var before = lastBroadcast.get(order.id());
                    return before == null || eta.hasChangedSince(before);
                })
                .map(eta -> stored(order, eta));
    }

    /// The ETA without a new position, if the time of arrival has moved enough.
    Optional<Eta> movedEta(Order order, @Nullable DriverTrackState stateOrNone, long nowMs) {
        return estimate(order, stateOrNone, nowMs)
                .filter(eta -> {
                    var before = lastBroadcast.get(order.id());
                    return before == null || eta.hasMovedSince(before);
                })
                .map(eta -> stored(order, eta));
    }

    private Optional<Eta> estimate(Order order, @Nullable DriverTrackState stateOrNone, long nowMs) {
        var eta = estimator.estimate(order, stateOrNone, nowMs);
        delays.onEstimate(order, eta.orElse(null), nowMs);
        return eta;
    }

    private Eta stored(Order order, Eta eta) {
        lastBroadcast.put(order.id(), eta);
        if (!isActive.test(order.id())) {
            remove(order.id()); // it ended meanwhile; the entry would leak
        }
        return eta;
    }

    void remove(OrderId order) {
        lastBroadcast.remove(order);
        delays.remove(order);
    }
}
