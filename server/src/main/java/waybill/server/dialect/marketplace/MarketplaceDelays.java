package waybill.server.dialect.marketplace;

import waybill.order.OrderEvent;
import waybill.server.dialect.write.JsonObjectWriter;

/// The fields of delay alerts on `/marketplace`.
final class MarketplaceDelays {

    private MarketplaceDelays() {}

    static JsonObjectWriter delayed(JsonObjectWriter order, OrderEvent.Delayed delayed) {
        return order.put("promised_at", delayed.promisedAt())
                .put("estimated_delivery_time", delayed.expectedAt())
                .put("delay_minutes", delayed.delayMinutes());
    }

    static JsonObjectWriter ended(JsonObjectWriter order, OrderEvent.DelayEnded ended) {
        return order.put("promised_at", ended.promisedAt()).put("estimated_delivery_time", ended.expectedAt());
    }
}
