package waybill.server.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import waybill.order.Money;

/// Writes answers. What clients sent is passed on as the text that it is.
final class Json {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    /// What is written into an answer.
    interface Writing {
        void into(JsonGenerator json) throws IOException;
    }

    static String object(Writing writing) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writing.into(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has no way to fail
        }
        return text.toString();
    }

    /// Nothing at all when there is nothing to say.
    static void text(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    /// 0 is no event.
    static void eventId(JsonGenerator json, long position) throws IOException {
        if (position > 0) {
            json.writeNumberField("eventId", position);
        }
    }

    static void money(JsonGenerator json, String name, Optional<Money> amount) throws IOException {
        if (amount.isPresent()) {
            json.writeNumberField(name, amount.get().decimal());
        }
    }

    /// The price of a single one, in both the forms in which it can be sent: in minor units and as a decimal number.
    static void price(JsonGenerator json, Optional<Money> price) throws IOException {
        if (price.isPresent()) {
            json.writeNumberField("price", price.get().minor());
            money(json, "unitPrice", price);
        }
    }

    /// An amount as a decimal number, and the same in minor units.
    static void amounts(JsonGenerator json, String name, String minorName, Optional<Money> amount) throws IOException {
        if (amount.isPresent()) {
            money(json, name, amount);
            json.writeNumberField(minorName, amount.get().minor());
        }
    }

    /// A page of a list: its rows, and where to go on, if there may be more.
    static <T> String page(String name, List<T> rows, Row<T> row, Optional<String> next) {
        return object(json -> {
            json.writeArrayFieldStart(name);
            for (var one : rows) {
                json.writeStartObject();
                row.write(one, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            text(json, "next", next);
        });
    }

    /// Writes the fields of one row.
    interface Row<T> {
        void write(T row, JsonGenerator json) throws IOException;
    }

    static void raw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(text);
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
