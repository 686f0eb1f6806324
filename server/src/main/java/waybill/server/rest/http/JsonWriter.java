package waybill.server.rest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import waybill.order.Money;

/// Writes responses, which nest and omit what is absent; events of sockets are flat, and `JsonObjectWriter` writes
/// them. JSON text of clients is copied unchanged.
public final class JsonWriter {

    private static final int LONG_CHARACTERS = 4 << 10;
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private JsonWriter() {}

    /// Writes the body of a response.
    public interface ObjectBody {
        void writeTo(JsonGenerator json) throws IOException;
    }

    public static String object(ObjectBody writing) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writing.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has no way to fail
        }
        return text.toString();
    }

    /// Omits the field if there is no value.
    public static void text(JsonGenerator json, String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, text.get());
        }
    }

    /// 0 is no event.
    public static void eventId(JsonGenerator json, long position) throws IOException {
        if (position > 0) {
            json.writeNumberField("eventId", position);
        }
    }

    static void money(JsonGenerator json, String name, Optional<Money> amount) throws IOException {
        if (amount.isPresent()) {
            json.writeNumberField(name, amount.get().toDecimal());
        }
    }

    /// The price of a single one, in minor units and as a decimal number.
    public static void price(JsonGenerator json, Optional<Money> price) throws IOException {
        if (price.isPresent()) {
            json.writeNumberField("price", price.get().minorUnits());
            money(json, "unitPrice", price);
        }
    }

    /// An amount as a decimal number, and the same in minor units.
    public static void amounts(JsonGenerator json, String name, String minorName, Optional<Money> amount)
            throws IOException {
        if (amount.isPresent()) {
            money(json, name, amount);
            json.writeNumberField(minorName, amount.get().minorUnits());
        }
    }

    /// A page of a list: its rows, and the cursor, if there may be more.
    public static <T> String page(String name, List<T> rows, RowWriter<T> row, Optional<String> next) {
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
    public interface RowWriter<T> {
        void write(T row, JsonGenerator json) throws IOException;
    }

    /// JSON text as it is. What is long goes around the generator, which copies it character by character.
    public static void raw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        if (text.length() >= LONG_CHARACTERS && json.getOutputTarget() instanceof Writer writer) {
            json.writeRawValue("");
            json.flush();
            writer.write(text);
        } else {
            json.writeRawValue(text);
        }
    }

    public static String time(Instant time) {
        return TIME.format(time);
    }
}
