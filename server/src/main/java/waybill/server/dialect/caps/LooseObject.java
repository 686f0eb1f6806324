package waybill.server.dialect.caps;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.server.dialect.read.InvalidPayload;

/// One JSON object of `/caps`: the scalar values of the known names, the unchanged text of every field, and the
/// text of the order inside. Numbers keep their digits.
///
/// Names are compared without regard to case, `_` and `-`: `orderID` and `order_id` are `orderId`.
final class LooseObject {

    /// Names come from clients without a limit on their number, so they are not interned.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /// The order of a wrapped payload; the first that is an object or a list.
    private static final String ORDER = "order";

    private static final String PAYLOAD = "payload";

    /// No spelling of a name that matters is longer.
    private static final int NAME_MAX = 16;

    /// Fields that are separated. Those beyond are in the whole text only.
    static final int FIELDS_MAX = 1_000;

    private final String text;
    private final Map<String, String> scalars = new HashMap<>();
    private final Map<String, String> nonScalars = new HashMap<>();
    private final SequencedMap<String, String> fields = new LinkedHashMap<>();
    private @Nullable String order;
    private @Nullable String payload;

    private LooseObject(String text) {
        this.text = text;
    }

    /// Parses an object: the values under `names`, and the object or list inside. Empty for JSON that is not an
    /// object, or is nested too deep.
    ///
    /// @param names in lower case, without `_` and `-`
    static Optional<LooseObject> parse(String json, Set<String> names) {
        var object = new LooseObject(json);
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                object.readField(parser, names);
            }
            return Optional.of(object);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// A text that is not parsed.
    static LooseObject ofOpaque(String json) {
        return new LooseObject(json);
    }

    /// The text that a JSON string holds; empty for other JSON.
    static Optional<String> parseString(String json) {
        try (var parser = JSON.createParser(json)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The whole text.
    String text() {
        return text;
    }

    /// Each field as it was written, by its name: of two with one name, the last.
    SequencedMap<String, String> fields() {
        return fields;
    }

    /// The text of the order inside, if this is wrapped around one.
    Optional<String> innerOrder() {
        return Optional.ofNullable(order == null ? payload : order);
    }

    /// Whether the order inside has another name than `order`.
    boolean isInPayload() {
        return order == null && payload != null;
    }

    /// The first of these names that has a value.
    ///
    /// @throws NotUnderstood if the first that has one has neither text nor a number
    Optional<String> requireScalar(String... names) throws InvalidPayload {
        for (var name : names) {
            var value = scalars.get(name);
            if (value != null) {
                return Optional.of(value);
            }
            var written = nonScalars.get(name);
            if (written != null) {
                throw new InvalidPayload(written, written + ": neither text nor a number (expected: one of them)");
            }
        }
        return Optional.empty();
    }

    /// The text or number under a name; empty for anything else.
    Optional<String> scalar(String... names) {
        for (var name : names) {
            var value = scalars.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private void readField(JsonParser parser, Set<String> names) throws IOException {
        var name = parser.currentName();
        var key = key(name);
        var value = parser.nextToken();
        var from = (int) parser.currentTokenLocation().getCharOffset();
        switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                var plainText = parser.getText();
                if (names.contains(key) && (isDocumentedSpelling(name, key) || !scalars.containsKey(key))) {
                    scalars.put(key, plainText);
                }
            }
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                if (names.contains(key)) {
                    nonScalars.putIfAbsent(key, name);
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                if (names.contains(key)) {
                    nonScalars.putIfAbsent(key, name);
                }
            }
            default -> {} // null counts as absent, and there is no other token here
        }
        var to = (int) parser.currentLocation().getCharOffset();
        if (fields.size() < FIELDS_MAX || fields.containsKey(name)) {
            fields.put(name, text.substring(from, to));
        }
        if (value.isStructStart()) {
            if (name.equals(ORDER)) {
                order = text.substring(from, to);
            } else if (name.equals(PAYLOAD)) {
                payload = text.substring(from, to);
            }
        }
    }

    /// Of `clientId` and `clientID` in one payload, the first counts.
    private static boolean isDocumentedSpelling(String name, String key) {
        return name.equals(key) || name.endsWith("Id") || name.endsWith("Name");
    }

    private static String key(String name) {
        if (name.length() > NAME_MAX) {
            return "";
        }
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            if (c < 'a' || c > 'z') {
                return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
            }
        }
        return name;
    }
}
