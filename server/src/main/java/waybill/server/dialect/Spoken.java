package waybill.server.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One JSON object as a dialect wants to see it: the plain values under the names that matter, and the text of what is
/// inside, untouched. Numbers keep the digits they were written with.
final class Spoken {

    private static final JsonFactory JSON = new JsonFactory();

    private final String text;
    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, JsonToken> odd = new HashMap<>();
    private @Nullable String inner;

    private Spoken(String text) {
        this.text = text;
    }

    /// Reads an object: the values under `names`, and the object or list under `inside`. Empty for JSON that is no
    /// object, or nested too deep to be meant.
    static Optional<Spoken> read(String json, Set<String> names, String inside) {
        var spoken = new Spoken(json);
        try (var parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                spoken.take(parser, names, inside);
            }
            return Optional.of(spoken);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// A text in which nothing is looked for.
    static Spoken opaque(String json) {
        return new Spoken(json);
    }

    /// The whole text.
    String text() {
        return text;
    }

    /// The text of the object or list inside, if there is one.
    Optional<String> inner() {
        return Optional.ofNullable(inner);
    }

    /// The first of these names that has a value.
    Optional<String> first(String... names) {
        for (var name : names) {
            var value = plain.get(name);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /// The first of these names that has a value which is neither text nor a number.
    Optional<String> firstOdd(String... names) {
        for (var name : names) {
            if (odd.containsKey(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private void take(JsonParser parser, Set<String> names, String inside) throws IOException {
        var name = parser.currentName();
        var value = parser.nextToken();
        switch (value) {
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (names.contains(name)) {
                    plain.put(name, parser.getText());
                }
            }
            case START_OBJECT, START_ARRAY -> {
                var from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                if (name.equals(inside)) {
                    inner = text.substring(from, (int) parser.currentLocation().getCharOffset());
                } else if (names.contains(name)) {
                    odd.put(name, value);
                }
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                if (names.contains(name)) {
                    odd.put(name, value);
                }
            }
            default -> {} // null says nothing, and there is no other token here
        }
    }
}
