package waybill.hub.dispatch;

import java.time.Instant;
import java.util.Optional;
import waybill.dispatch.WaitingOrder;
import waybill.hub.eta.ReadyTimes;
import waybill.order.Order;
import waybill.order.OrderState;

/// What an active order is to dispatch.
final class WaitingOrders {

    /// An order without a promise refuses no bundle.
    private static final long NO_PROMISE = Long.MAX_VALUE;

    private final ReadyTimes readyTimes;

    WaitingOrders(ReadyTimes readyTimes) {
        this.readyTimes = readyTimes;
    }

    /// Empty for an order that waits for no driver, or whose places are unknown.
    Optional<WaitingOrder> of(Order order, long nowMs) {
        var pickup = order.details().pickup().positionOrNone();
        var dropoff = order.details().dropoff().positionOrNone();
        var isWaiting = order.driver().isEmpty() && order.state().awaitsDriver();
        if (pickup == null || dropoff == null || !isWaiting) {
            return Optional.empty();
        }
        return Optional.of(new WaitingOrder(
                order.id(), order.store(), pickup, dropoff, readyAtMs(order, nowMs), promisedByMs(order)));
    }

    private static long promisedByMs(Order order) {
        return order.details().promisedAt().map(Instant::toEpochMilli).orElse(NO_PROMISE);
    }

    private long readyAtMs(Order order, long nowMs) {
        var expectedMs = readyTimes.expectedMs(order);
        return order.state() == OrderState.READY_FOR_PICKUP ? Math.min(nowMs, expectedMs) : Math.max(nowMs, expectedMs);
    }
}
