package waybill.server.realtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.Eta;
import waybill.tracking.Track;

/// When orders should arrive, and what was last told of it. Thread-safe. Holds as many entries as there are active
/// orders.
final class Arrivals {

    private final Map<OrderId, Eta> told = new ConcurrentHashMap<>();

    /// When the order should be at its door, if it is known where that is. What is not fetched yet goes by its store.
    static Optional<Eta> of(Order order, Track track, long nowMs) {
        var door = order.details().dropoff().positionOrNone();
        if (door == null) {
            return Optional.empty();
        }
        var here = track.newest().position();
        return switch (order.state()) {
            case PICKED_UP, IN_TRANSIT -> Optional.of(Eta.of(here, door, track.speed(), nowMs));
            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER ->
                Optional.of(byStore(here, order.details().pickup().positionOrNone(), door, track.speed(), nowMs));
            case NEW, PENDING, PAYMENT_CONFIRMED, DELIVERED, CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED ->
                Optional.empty();
        };
    }

    private static Eta byStore(Position here, @Nullable Position store, Position door, double speed, long nowMs) {
        if (store == null) {
            return Eta.of(here, door, speed, nowMs);
        }
        var there = Eta.of(here, store, speed, nowMs);
        var onward = Eta.of(store, door, speed, there.estimatedDeliveryTimeMs());
        return new Eta(there.remainingMs() + onward.remainingMs(), onward.estimatedDeliveryTimeMs());
    }

    /// The same, if it is another than what was told: it is noted as told then.
    Optional<Eta> news(Order order, Track track, long nowMs) {
        return of(order, track, nowMs).filter(eta -> {
            var before = told.get(order.id());
            if (before != null && !eta.movedSince(before)) {
                return false;
            }
            told.put(order.id(), eta);
            return true;
        });
    }

    void forget(OrderId order) {
        told.remove(order);
    }
}
