package waybill.server.dialect.write;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Money;

/// Writes a JSON object, field by field, in the order of the calls. Names are constants and need no quoting. An
/// absent value is written as null, so that every field is present.
///
/// Responses of REST have another shape, written by `JsonWriter`: they nest, and omit what is absent. An event is
/// flat and is written ten thousand times a second, for which a generator with its buffers is too much.
public final class JsonObjectWriter {

    private final StringBuilder text = new StringBuilder(256).append('{');

    public JsonObjectWriter put(String name, @Nullable String value) {
        appendName(name);
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            if (isPlain(value)) {
                text.append(value);
            } else {
                JsonStringEncoder.getInstance().quoteAsString(value, text);
            }
            text.append('"');
        }
        return this;
    }

    /// Whether nothing needs quoting, as in most ids: then it is appended whole.
    private static boolean isPlain(String value) {
        for (int i = 0, length = value.length(); i < length; i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    public JsonObjectWriter put(String name, Optional<String> value) {
        return put(name, value.orElse(null));
    }

    /// In UTC, with milliseconds.
    public JsonObjectWriter put(String name, @Nullable Instant value) {
        appendName(name);
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            TimeText.append(value, text);
            text.append('"');
        }
        return this;
    }

    public JsonObjectWriter put(String name, long value) {
        appendName(name).append(value);
        return this;
    }

    public JsonObjectWriter put(String name, boolean value) {
        appendName(name).append(value);
        return this;
    }

    /// Null for an absent value.
    public JsonObjectWriter put(String name, double value) {
        if (Double.isFinite(value)) {
            appendName(name).append(value);
        } else {
            appendName(name).append("null");
        }
        return this;
    }

    public JsonObjectWriter put(String name, BigDecimal value) {
        appendName(name).append(value);
        return this;
    }

    /// As a decimal number with the digits of its currency.
    public JsonObjectWriter put(String name, @Nullable Money value) {
        appendName(name).append(value == null ? "null" : value.toDecimal().toString());
        return this;
    }

    public JsonObjectWriter putNull(String name) {
        return putJson(name, "null");
    }

    /// What is JSON already.
    public JsonObjectWriter putJson(String name, String json) {
        appendName(name).append(json);
        return this;
    }

    public JsonObjectWriter put(String name, @Nullable JsonObjectWriter value) {
        return putJson(name, value == null ? "null" : value.json());
    }

    /// Ends the object.
    public String json() {
        return text.append('}').toString();
    }

    /// The text as a JSON string, in quotes.
    public static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 8).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    private StringBuilder appendName(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }
}
