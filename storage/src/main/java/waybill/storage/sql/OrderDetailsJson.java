package waybill.storage.sql;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Customer;
import waybill.order.Item;
import waybill.order.ItemOption;
import waybill.order.Money;
import waybill.order.OrderDetails;
import waybill.order.ProofKind;
import waybill.order.ProofRequirement;

/// What an order is of, as JSON. Unknown fields are left out. What cannot be read back was not written here:
/// a bug, and loud.
final class OrderDetailsJson {

    private OrderDetailsJson() {}

    static String write(OrderDetails details) {
        var text = new StringWriter();
        try (var out = FlatJson.JSON.createGenerator(text)) {
            out.writeStartObject();
            write(out, "customer", details.customerOrNone());
            out.writeStringField("name", details.customerName());
            write(out, "phone", details.placedFor().phoneOrNone());
            write(out, "pickup", details.pickup());
            write(out, "dropoff", details.dropoff());
            if (!details.items().isEmpty()) {
                out.writeArrayFieldStart("items");
                for (var item : details.items()) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            write(out, "total", details.totalOrNone());
            write(out, "fare", details.fareOrNone());
            if (details.promisedAtOrNone() != null) {
                out.writeNumberField("promisedAt", details.promisedAtOrNone().toEpochMilli());
            }
            write(out, details.proofRequirement());
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter takes everything
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, ProofRequirement requirement) throws IOException {
        if (!requirement.kinds().isEmpty()) {
            out.writeStringField(
                    "proof",
                    requirement.sortedKinds().stream().map(ProofKind::wireName).collect(Collectors.joining(",")));
            write(out, "pin", requirement.pin().isEmpty() ? null : requirement.pin());
        }
    }

    private static void write(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void write(JsonGenerator out, String name, Address address) throws IOException {
        if (address.equals(Address.UNKNOWN)) {
            return;
        }
        out.writeObjectFieldStart(name);
        out.writeStringField("text", address.text());
        var position = address.positionOrNone();
        if (position != null) {
            out.writeNumberField("latitude", position.latitude());
            out.writeNumberField("longitude", position.longitude());
        }
        write(out, "notes", address.notesOrNone());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Item item) throws IOException {
        out.writeStartObject();
        out.writeStringField("product", item.product());
        write(out, "name", item.nameOrNone());
        out.writeNumberField("quantity", item.quantity());
        write(out, "price", item.priceOrNone());
        write(out, "notes", item.notesOrNone());
        if (!item.options().isEmpty()) {
            out.writeArrayFieldStart("options");
            for (var option : item.options()) {
                out.writeStartObject();
                out.writeStringField("name", option.name());
                write(out, "value", option.valueOrNone());
                write(out, "price", option.priceOrNone());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, @Nullable Money money) throws IOException {
        if (money != null) {
            out.writeObjectFieldStart(name);
            out.writeNumberField("minor", money.minorUnits());
            out.writeStringField("currency", money.currency());
            out.writeEndObject();
        }
    }

    /// @param document of the sender, which is stored beside
    static OrderDetails read(String json, @Nullable String document) {
        return document == null ? read(json) : read(json).withDocument(document);
    }

    private static OrderDetails read(String json) {
        try (var in = FlatJson.JSON.createParser(json)) {
            in.nextToken();
            return details(in);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "details of an order that are not JSON: "
                            + (e instanceof JsonProcessingException nonsense
                                    ? nonsense.getOriginalMessage()
                                    : e.getMessage()),
                    e);
        }
    }

    private static OrderDetails details(JsonParser in) throws IOException {
        @Nullable String customer = null;
        var customerName = "";
        @Nullable String phone = null;
        var pickup = Address.UNKNOWN;
        var dropoff = Address.UNKNOWN;
        List<Item> items = List.of();
        @Nullable Money total = null;
        @Nullable Money fare = null;
        @Nullable Instant promisedAt = null;
        var proof = "";
        var pin = "";
        for (var field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "customer" -> customer = in.getText();
                case "name" -> customerName = in.getText();
                case "phone" -> phone = in.getText();
                case "pickup" -> pickup = address(in);
                case "dropoff" -> dropoff = address(in);
                case "items" -> items = items(in);
                case "total" -> total = money(in);
                case "fare" -> fare = money(in);
                case "proof" -> proof = in.getText();
                case "pin" -> pin = in.getText();
                case "promisedAt" -> promisedAt = Instant.ofEpochMilli(in.getLongValue());
                default -> throw EnumCodes.unknownCode("field of an order", field);
            }
        }
        return new OrderDetails(new Customer(customer, customerName, phone), pickup, dropoff, items, total, fare)
                .withPromisedAt(promisedAt)
                .withProofRequirement(proofRequirement(proof, pin));
    }

    private static ProofRequirement proofRequirement(String kinds, String pin) {
        return kinds.isEmpty()
                ? ProofRequirement.NONE
                : new ProofRequirement(
                        Stream.of(kinds.split(",")).map(ProofJson::kind).collect(Collectors.toSet()), pin);
    }

    private static Address address(JsonParser in) throws IOException {
        var text = "";
        var latitude = Double.NaN;
        var longitude = Double.NaN;
        @Nullable String notes = null;
        for (var field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "text" -> text = in.getText();
                case "latitude" -> latitude = in.getDoubleValue();
                case "longitude" -> longitude = in.getDoubleValue();
                case "notes" -> notes = in.getText();
                default -> throw EnumCodes.unknownCode("field of an address", field);
            }
        }
        return new Address(text, Double.isNaN(latitude) ? null : new Position(latitude, longitude), notes);
    }

    private static List<Item> items(JsonParser in) throws IOException {
        var items = new ArrayList<Item>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            items.add(item(in));
        }
        return items;
    }

    private static Item item(JsonParser in) throws IOException {
        var product = "";
        @Nullable String name = null;
        var quantity = 0;
        @Nullable Money price = null;
        @Nullable String notes = null;
        List<ItemOption> options = List.of();
        for (var field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "product" -> product = in.getText();
                case "name" -> name = in.getText();
                case "quantity" -> quantity = in.getIntValue();
                case "price" -> price = money(in);
                case "notes" -> notes = in.getText();
                case "options" -> options = options(in);
                default -> throw EnumCodes.unknownCode("field of an item", field);
            }
        }
        return new Item(product, name, quantity, price, notes, options);
    }

    private static List<ItemOption> options(JsonParser in) throws IOException {
        var options = new ArrayList<ItemOption>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            options.add(option(in));
        }
        return options;
    }

    private static ItemOption option(JsonParser in) throws IOException {
        var name = "";
        @Nullable String value = null;
        @Nullable Money price = null;
        for (var field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "name" -> name = in.getText();
                case "value" -> value = in.getText();
                case "price" -> price = money(in);
                default -> throw EnumCodes.unknownCode("field of an option", field);
            }
        }
        return new ItemOption(name, value, price);
    }

    private static Money money(JsonParser in) throws IOException {
        var minor = 0L;
        var currency = "";
        for (var field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "minor" -> minor = in.getLongValue();
                case "currency" -> currency = in.getText();
                default -> throw EnumCodes.unknownCode("field of an amount", field);
            }
        }
        return new Money(minor, currency);
    }
}
