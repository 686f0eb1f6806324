package waybill.server.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Money;
import waybill.order.Order;

/// How an order is shown. Money is shown as decimal numbers.
final class OrderJson {

    /// What an order takes without its items, and an item or an option without its notes.
    private static final long FIELDS_CHARS = 2_000;

    private static final int ITEM_CHARS = 300;

    private OrderJson() {}

    static String of(Order order) {
        return Json.object(json -> fields(order, json));
    }

    /// How many characters an order takes, about.
    static long weight(Order order) {
        return FIELDS_CHARS
                + order.details().items().stream()
                        .mapToLong(item -> ITEM_CHARS
                                + item.notes().map(String::length).orElse(0)
                                + (long) ITEM_CHARS * item.options().size())
                        .sum();
    }

    static void fields(Order order, JsonGenerator json) throws IOException {
        var details = order.details();
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("orderNumber", order.number());
        json.writeStringField("storeId", order.store());
        json.writeStringField("externalId", order.foreignId());
        json.writeStringField("status", order.state().word());
        json.writeBooleanField("paid", order.isPaid());
        Json.text(json, "customerId", details.customer());
        json.writeStringField("customerName", details.customerName());
        Json.text(json, "customerPhone", details.customerPhone());
        Json.text(json, "driverId", order.driver().map(Actor::id));
        if (!details.pickup().equals(Address.UNKNOWN)) {
            address(json, "pickupAddress", details.pickup());
        }
        address(json, "deliveryAddress", details.dropoff());
        json.writeArrayFieldStart("items");
        for (var item : details.items()) {
            write(item, json);
        }
        json.writeEndArray();
        Json.text(json, "currency", details.total().or(details::fare).map(Money::currency));
        Json.amounts(json, "totalAmount", "totalMinor", details.total());
        Json.amounts(
                json,
                "paidAmount",
                "paidMinor",
                details.total().filter(_ -> order.paid() > 0).map(total -> new Money(order.paid(), total.currency())));
        Json.amounts(json, "fare", "fareMinor", details.fare());
        json.writeStringField("createdAt", Json.time(order.placedAt()));
        Json.text(json, "acceptBy", order.acceptBy().map(Json::time));
        json.writeNumberField("eventId", order.version());
    }

    private static void write(Item item, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("product", item.product());
        json.writeStringField("name", item.name());
        json.writeNumberField("quantity", item.quantity());
        Json.price(json, item.price());
        Json.text(json, "notes", item.notes());
        if (!item.options().isEmpty()) {
            json.writeArrayFieldStart("options");
            for (var option : item.options()) {
                write(option, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(ItemOption option, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", option.name());
        Json.text(json, "value", Optional.ofNullable(option.valueOrNone()));
        Json.price(json, option.price());
        json.writeEndObject();
    }

    static void address(JsonGenerator json, String name, Address address) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", address.text());
        if (address.positionOrNone() != null) {
            position(json, address.positionOrNone());
        }
        Json.text(json, "notes", address.notes());
        json.writeEndObject();
    }

    static void position(JsonGenerator json, Position position) throws IOException {
        json.writeNumberField("latitude", position.latitude());
        json.writeNumberField("longitude", position.longitude());
    }
}
