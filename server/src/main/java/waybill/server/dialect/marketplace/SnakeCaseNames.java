package waybill.server.dialect.marketplace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import waybill.server.dialect.ClientMessage;

/// The field names of `/marketplace`, `delivery_address`, and those of the other dialects, `deliveryAddress`.
final class SnakeCaseNames {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])[A-Z]");
    private static final Pattern GAP = Pattern.compile("(?<=[a-z0-9])_([a-z])");

    private SnakeCaseNames() {}

    /// Converts a body of REST from these names.
    static ClientMessage parse(String json, Function<String, ClientMessage> meaning) {
        try {
            return meaning.apply(renamed(
                    json,
                    name -> GAP.matcher(name).replaceAll(gap -> gap.group(1).toUpperCase(Locale.ROOT))));
        } catch (IOException _) {
            return new ClientMessage.Malformed(
                    "payload", "payload: no JSON, or nested too deep (expected: a JSON object)");
        }
    }

    /// Converts JSON text from the camelCase names.
    static String toSnakeCase(String json) {
        try {
            return renamed(json, SnakeCaseNames::fieldName);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is our own
        }
    }

    static String fieldName(String name) {
        return HUMP.matcher(name).replaceAll(hump -> "_" + hump.group().toLowerCase(Locale.ROOT));
    }

    private static String renamed(String json, UnaryOperator<String> rename) throws IOException {
        var text = new StringWriter();
        try (var parser = JSON.createParser(json);
                var generator = JSON.createGenerator(text)) {
            while (parser.nextToken() != null) {
                copy(parser, generator, rename);
            }
        }
        return text.toString();
    }

    private static void copy(JsonParser parser, JsonGenerator generator, UnaryOperator<String> rename)
            throws IOException {
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            generator.writeFieldName(rename.apply(parser.currentName()));
        } else {
            generator.copyCurrentEventExact(parser);
        }
    }
}
