package waybill.hub.dispatch;

import java.time.Duration;
import java.util.Optional;
import waybill.dispatch.WaitingOrder;
import waybill.order.Order;
import waybill.order.OrderState;

/// What an active order is to dispatch.
final class WaitingOrders {

    /// How long a store is assumed to take from the order to the pickup.
    private static final Duration PREPARATION = Duration.ofMinutes(15);

    /// Orders have no promised time yet, so no bundle is refused for it.
    private static final long NO_PROMISE = Long.MAX_VALUE;

    private WaitingOrders() {}

    /// Empty for an order that waits for no driver, or whose places are unknown.
    static Optional<WaitingOrder> of(Order order, long nowMs) {
        var pickup = order.details().pickup().positionOrNone();
        var dropoff = order.details().dropoff().positionOrNone();
        if (pickup == null || dropoff == null || !isWaiting(order)) {
            return Optional.empty();
        }
        return Optional.of(
                new WaitingOrder(order.id(), order.store(), pickup, dropoff, readyAtMs(order, nowMs), NO_PROMISE));
    }

    private static boolean isWaiting(Order order) {
        return order.driver().isEmpty()
                && switch (order.state()) {
                    case ACCEPTED, PREPARING, READY_FOR_PICKUP -> true;
                    case NEW,
                            PENDING,
                            PAYMENT_CONFIRMED,
                            ASSIGNED_TO_DRIVER,
                            PICKED_UP,
                            IN_TRANSIT,
                            DELIVERED,
                            CANCELLED,
                            DECLINED,
                            EXPIRED,
                            FAILED,
                            RETURNED -> false;
                };
    }

    private static long readyAtMs(Order order, long nowMs) {
        var expectedMs = order.placedAt().plus(PREPARATION).toEpochMilli();
        return order.state() == OrderState.READY_FOR_PICKUP ? Math.min(nowMs, expectedMs) : Math.max(nowMs, expectedMs);
    }
}
