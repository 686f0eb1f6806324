package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/// How the simulated clients of a namespace name things.
enum Protocol {
    REALTIME("/realtime", "orderId", "eventId", "order:status_update", "driver:location", "subscribe:order"),
    STOREFRONT("/storefront", "orderId", "eventId", "order:status:update", "delivery:location", "join:order"),
    MARKETPLACE(
            "/marketplace", "order_id", "event_id", "order:status_update", "driver:location_update", "order:subscribe"),
    CAPS("/caps", "orderId", "eventId", "", "", "");

    private static final Map<String, String> SNAKE_CASE = Map.of(
            "storeId",
            "store_id",
            "externalId",
            "external_id",
            "customerName",
            "customer_name",
            "deliveryAddress",
            "delivery_address",
            "pickupAddress",
            "pickup_address",
            "orderId",
            "order_id");

    final String namespace;
    final String orderId;
    final String eventId;

    /// The event that tells of a status.
    final String status;

    final String position;
    final String subscribe;

    Protocol(String namespace, String orderId, String eventId, String status, String position, String subscribe) {
        this.namespace = namespace;
        this.orderId = orderId;
        this.eventId = eventId;
        this.status = status;
        this.position = position;
        this.subscribe = subscribe;
    }

    /// The payload with the names of this namespace.
    String payload(String camelCase) {
        var payload = camelCase;
        if (this == MARKETPLACE) {
            for (var name : SNAKE_CASE.entrySet()) {
                payload = payload.replace("\"" + name.getKey() + "\"", "\"" + name.getValue() + "\"");
            }
        }
        return payload;
    }

    String positionPayload(double latitude, double longitude, String order) {
        return this == MARKETPLACE
                ? "{\"lat\":" + latitude + ",\"lng\":" + longitude + "}"
                : "{\"latitude\":" + latitude + ",\"longitude\":" + longitude
                        + (order.isEmpty() ? "" : ",\"orderId\":\"" + order + "\"") + "}";
    }

    long eventId(JsonNode data) {
        return data.path(eventId).asLong(0);
    }

    String orderId(JsonNode data) {
        return data.path(orderId).asText("");
    }
}
