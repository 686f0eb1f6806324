package waybill.server.dialect.write;

import waybill.order.Order;
import waybill.order.OrderEvent;

/// The rendering of delay alerts, as far as dialects share it. All who see the status of an order receive them.
public final class DelayRendering {

    private DelayRendering() {}

    /// The fields of an order that is late.
    public static JsonObjectWriter delayed(Order order, OrderEvent.Delayed delayed) {
        return CamelCaseRendering.order(order)
                .put("promisedAt", delayed.promisedAt())
                .put("estimatedDeliveryTime", delayed.expectedAt())
                .put("delayMinutes", delayed.delayMinutes());
    }

    /// The fields of an order that is in time again.
    public static JsonObjectWriter ended(Order order, OrderEvent.DelayEnded ended) {
        return CamelCaseRendering.order(order)
                .put("promisedAt", ended.promisedAt())
                .put("estimatedDeliveryTime", ended.expectedAt());
    }
}
