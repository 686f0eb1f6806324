package waybill.server.dialect;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Money;

/// A JSON object being written, field by field, in the order in which they are put. Names are ours and need no quoting.
/// What there is none of is written as null, so that a client finds every field in its place.
final class Fields {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final StringBuilder text = new StringBuilder(256).append('{');

    Fields put(String name, @Nullable String value) {
        named(name);
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

    Fields put(String name, Optional<String> value) {
        return put(name, value.orElse(null));
    }

    /// In UTC, with milliseconds.
    Fields put(String name, @Nullable Instant value) {
        named(name);
        if (value == null) {
            text.append("null");
        } else {
            text.append('"');
            TIME.formatTo(value, text);
            text.append('"');
        }
        return this;
    }

    Fields put(String name, long value) {
        named(name).append(value);
        return this;
    }

    Fields put(String name, boolean value) {
        named(name).append(value);
        return this;
    }

    /// Null for what was not said.
    Fields put(String name, double value) {
        if (Double.isFinite(value)) {
            named(name).append(value);
        } else {
            named(name).append("null");
        }
        return this;
    }

    Fields put(String name, BigDecimal value) {
        named(name).append(value);
        return this;
    }

    /// As a decimal number with the digits of its currency.
    Fields put(String name, @Nullable Money value) {
        named(name).append(value == null ? "null" : value.decimal().toString());
        return this;
    }

    Fields putNothing(String name) {
        return putJson(name, "null");
    }

    /// What is JSON already.
    Fields putJson(String name, String json) {
        named(name).append(json);
        return this;
    }

    Fields put(String name, @Nullable Fields value) {
        return putJson(name, value == null ? "null" : value.json());
    }

    /// Ends the object.
    String json() {
        return text.append('}').toString();
    }

    private StringBuilder named(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }
}
