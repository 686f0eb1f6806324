package waybill.cli.simulation;

import java.util.Optional;
import org.json.JSONObject;

/// What clients of a namespace send and receive.
enum ClientDialect {
    REALTIME("/realtime", "order:status_update", "driver:location", "orderId", "eventId"),
    STOREFRONT("/storefront", "order:status:update", "delivery:location", "orderId", "eventId"),
    MARKETPLACE("/marketplace", "order:status_update", "driver:location_update", "order_id", "event_id");

    final String namespace;
    final String status;
    final String position;
    private final String orderId;
    private final String eventId;

    ClientDialect(String namespace, String status, String position, String orderId, String eventId) {
        this.namespace = namespace;
        this.status = status;
        this.position = position;
        this.orderId = orderId;
        this.eventId = eventId;
    }

    static ClientDialect of(int index) {
        return values()[index % values().length];
    }

    long eventId(JSONObject data) {
        return data.optLong(eventId);
    }

    String order(JSONObject data) {
        return data.optString(orderId);
    }

    /// On `/storefront` a position is one of an order.
    Optional<JSONObject> position(double latitude, double longitude, long recordedAtMs, String order) {
        if (this == STOREFRONT && order.isEmpty()) {
            return Optional.empty();
        }
        var position = new JSONObject().put("recordedAt", recordedAtMs);
        if (this == MARKETPLACE) {
            return Optional.of(position.put("lat", latitude).put("lng", longitude));
        }
        position.put("latitude", latitude).put("longitude", longitude);
        return Optional.of(order.isEmpty() ? position : position.put("orderId", order));
    }
}
