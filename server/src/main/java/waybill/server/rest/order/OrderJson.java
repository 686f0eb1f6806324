package waybill.server.rest.order;

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
import waybill.server.rest.http.JsonWriter;

/// Renders an order. Amounts are decimal numbers.
public final class OrderJson {

    /// The size of an order without its items, and of an item or an option without its notes.
    private static final long FIELDS_CHARS = 2_000;

    private static final int ITEM_CHARS = 300;

    private OrderJson() {}

    static String of(Order order) {
        return JsonWriter.object(json -> fields(order, json));
    }

    /// The size of an order in characters, approximately.
    static long estimatedChars(Order order) {
        return FIELDS_CHARS
                + order.details().items().stream()
                        .mapToLong(item -> ITEM_CHARS
                                + item.notes().map(String::length).orElse(0)
                                + (long) ITEM_CHARS * item.options().size())
                        .sum();
    }

    public static void fields(Order order, JsonGenerator json) throws IOException {
        var details = order.details();
        json.writeStringField("orderId", order.id().toString());
        json.writeStringField("orderNumber", order.number());
        json.writeStringField("storeId", order.store());
        json.writeStringField("externalId", order.foreignId());
        json.writeStringField("status", order.state().wireName());
        json.writeBooleanField("paid", order.isPaid());
        JsonWriter.text(json, "customerId", details.customer());
        json.writeStringField("customerName", details.customerName());
        JsonWriter.text(json, "customerPhone", details.customerPhone());
        JsonWriter.text(json, "driverId", order.driver().map(Actor::id));
        if (!details.pickup().equals(Address.UNKNOWN)) {
            address(json, "pickupAddress", details.pickup());
        }
        address(json, "deliveryAddress", details.dropoff());
        json.writeArrayFieldStart("items");
        for (var item : details.items()) {
            write(item, json);
        }
        json.writeEndArray();
        JsonWriter.text(json, "currency", details.total().or(details::fare).map(Money::currency));
        JsonWriter.amounts(json, "totalAmount", "totalMinor", details.total());
        JsonWriter.amounts(
                json,
                "paidAmount",
                "paidMinor",
                details.total()
                        .filter(_ -> order.paidMinorUnits() > 0)
                        .map(total -> new Money(order.paidMinorUnits(), total.currency())));
        JsonWriter.amounts(json, "fare", "fareMinor", details.fare());
        json.writeStringField("createdAt", JsonWriter.time(order.placedAt()));
        JsonWriter.text(json, "acceptBy", order.acceptBy().map(JsonWriter::time));
        JsonWriter.text(json, "promisedAt", details.promisedAt().map(JsonWriter::time));
        JsonWriter.text(json, "expectedReadyAt", order.times().readyAt().map(JsonWriter::time));
        JsonWriter.text(
                json, "setDeliveryTime", order.times().estimatedDelivery().map(JsonWriter::time));
        if (order.times().missedPromise().isPresent()) {
            json.writeBooleanField("delayed", true);
        }
        if (!details.proofRequirement().kinds().isEmpty()) {
            ProofOutput.kinds(json, "proofRequired", details.proofRequirement().sortedKinds());
        }
        json.writeNumberField("eventId", order.lastSequence());
    }

    private static void write(Item item, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("product", item.product());
        json.writeStringField("name", item.name());
        json.writeNumberField("quantity", item.quantity());
        JsonWriter.price(json, item.price());
        JsonWriter.text(json, "notes", item.notes());
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
        JsonWriter.text(json, "value", Optional.ofNullable(option.valueOrNone()));
        JsonWriter.price(json, option.price());
        json.writeEndObject();
    }

    public static void address(JsonGenerator json, String name, Address address) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", address.text());
        if (address.positionOrNone() != null) {
            position(json, address.positionOrNone());
        }
        JsonWriter.text(json, "notes", address.notes());
        json.writeEndObject();
    }

    public static void position(JsonGenerator json, Position position) throws IOException {
        json.writeNumberField("latitude", position.latitude());
        json.writeNumberField("longitude", position.longitude());
    }
}
