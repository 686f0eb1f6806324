package waybill.server.realtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.Eta;
import waybill.tracking.Track;

/// When orders should arrive, and what was last told of it. Thread-safe. Holds as many entries as there are active
/// orders.
final class Arrivals {

    private final Predicate<OrderId> isActive;
    private final Map<OrderId, Eta> told = new ConcurrentHashMap<>();

    /// @param isActive whether something is still to happen to an order; once that is false, it stays so
    Arrivals(Predicate<OrderId> isActive) {
        this.isActive = isActive;
    }

    /// When the order should be at its door, as far as the order itself says where that and its store are.
    static Optional<Eta> of(Order order, Track track, long nowMs) {
        return Eta.of(order, order.details().pickup(), track, nowMs);
    }

    /// The same, if it is another than what was told: it is noted as told then.
    Optional<Eta> news(Order order, Track track, long nowMs) {
        return of(order, track, nowMs).filter(eta -> {
            var before = told.get(order.id());
            if (before != null && !eta.movedSince(before)) {
                return false;
            }
            told.put(order.id(), eta);
            if (!isActive.test(order.id())) {
                told.remove(order.id()); // it has ended meanwhile, and would never be forgotten
            }
            return true;
        });
    }

    void forget(OrderId order) {
        told.remove(order);
    }
}
