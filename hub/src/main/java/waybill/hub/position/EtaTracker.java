package waybill.hub.position;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;

/// When orders should arrive, and what was last told of it. Thread-safe. Holds as many entries as there are active
/// orders.
public final class EtaTracker {

    private final Predicate<OrderId> isActive;
    private final Map<OrderId, Eta> lastBroadcast = new ConcurrentHashMap<>();

    /// @param isActive whether something is still to happen to an order; once that is false, it stays so
    public EtaTracker(Predicate<OrderId> isActive) {
        this.isActive = isActive;
    }

    /// When the order should be at its door, as far as the order itself says where that and its store are.
    public static Optional<Eta> estimate(Order order, DriverTrackState track, long nowMs) {
        return Eta.of(order, order.details().pickup(), track, nowMs);
    }

    /// The same, if it is another than what was told: it is noted as told then.
    public Optional<Eta> changedEta(Order order, DriverTrackState track, long nowMs) {
        return estimate(order, track, nowMs).filter(eta -> {
            var before = lastBroadcast.get(order.id());
            if (before != null && !eta.hasChangedSince(before)) {
                return false;
            }
            lastBroadcast.put(order.id(), eta);
            if (!isActive.test(order.id())) {
                lastBroadcast.remove(order.id()); // it has ended meanwhile, and would never be forgotten
            }
            return true;
        });
    }

    public void remove(OrderId order) {
        lastBroadcast.remove(order);
    }
}
