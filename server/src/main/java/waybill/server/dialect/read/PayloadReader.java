package waybill.server.dialect.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.PositionReport;
import waybill.order.OrderId;

/// Reads a payload value by value, without allocating what is not needed: positions arrive at ten thousand a
/// second. A null value counts as absent. Invalid JSON, or JSON nested deeper than the parser allows, ends in an
/// [IOException].
///
/// REST reads bodies as trees instead (`JsonInput`), because a contract says there what a body must be, and a
/// validator that knows the contract needs the whole of it.
public final class PayloadReader implements AutoCloseable {

    static final String WHOLE_NUMBER = "a whole number, 0 or more";
    public static final String TIME = Timestamps.EXPECTED;

    /// Names come from clients without a limit on their number, so they are not interned.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private static final int EXCERPT_MAX = 40;

    /// The value that phones send for an unknown number.
    private static final double UNKNOWN = -1;

    private final JsonParser parser;
    private String name = "payload";
    private int index = -1; // in a list, if this is one

    /// Starts at the payload itself, of any type.
    public PayloadReader(String json) throws IOException {
        parser = JSON.createParser(json);
        parser.nextToken();
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /// Advances to the next element of a list; false at its end.
    boolean nextElement() throws IOException {
        name = "";
        index++;
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /// The index of the current element of the list.
    int index() {
        return index;
    }

    /// Skips the rest of the current element of a list.
    void skipElement() throws IOException {
        while (parser.getParsingContext().getParent() != null
                && !parser.getParsingContext().getParent().inRoot()) {
            if (parser.nextToken() == null) {
                return;
            }
        }
    }

    /// Names the current value in errors.
    void setName(String field) {
        name = field;
    }

    /// Enters the current object.
    public void enterObject() throws InvalidPayload {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw notAnObject();
        }
    }

    private InvalidPayload notAnObject() {
        var token = parser.currentToken();
        var isNothing = token == null || token == JsonToken.VALUE_NULL;
        return invalid(isNothing ? "no object" : "no object but " + kindName(), "a JSON object");
    }

    /// The error for a payload that is not an object: the type that came.
    public static InvalidPayload notAnObject(String json) {
        try (var reader = new PayloadReader(json)) {
            return reader.parser.currentToken() == JsonToken.START_OBJECT
                    ? reader.invalid("no JSON, or nested too deep", "a JSON object")
                    : reader.notAnObject();
        } catch (IOException _) {
            return new InvalidPayload("payload", "payload: no JSON (expected: a JSON object)");
        }
    }

    /// Advances to the next field of an object and returns its name; null at its end.
    @Nullable
    public String nextField() throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /// Skips the current value.
    public void skip() throws IOException {
        parser.skipChildren();
    }

    /// A number in that range, [Report#UNKNOWN] if absent.
    double number(NumberRange range) throws IOException, InvalidPayload {
        if (isNull()) {
            return PositionReport.UNKNOWN;
        }
        if (!parser.currentToken().isNumeric()) {
            throw invalid(kindName(), "a number, " + range.text());
        }
        var value = parser.getDoubleValue();
        if (!range.contains(value)) {
            throw invalid(Double.toString(value), range.text());
        }
        return value;
    }

    /// The same, with -1 for unknown.
    double numberOrUnknown(NumberRange range) throws IOException, InvalidPayload {
        var isUnknown = parser.currentToken().isNumeric() && parser.getDoubleValue() == UNKNOWN;
        return isUnknown ? PositionReport.UNKNOWN : number(range);
    }

    /// A whole number from 0, -1 if absent.
    long wholeNumber() throws IOException, InvalidPayload {
        if (isNull()) {
            return -1;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw invalid(parser.currentToken().isNumeric() ? excerpt(parser.getText()) : kindName(), WHOLE_NUMBER);
        }
        var digits = parser.getText();
        try {
            var value = Long.parseLong(digits);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException _) {
            // too large for a count, and reported below like one that is too small
        }
        throw invalid(excerpt(digits), WHOLE_NUMBER);
    }

    /// A text of at most `max` characters, null if absent.
    @Nullable
    public String text(int min, int max) throws IOException, InvalidPayload {
        if (isNull()) {
            return null;
        }
        var expected = "text of " + min + ".." + max + " characters";
        if (!isText()) {
            throw invalid(kindName(), expected);
        }
        var text = parser.getText();
        if (text.length() > max || text.strip().length() < min) {
            throw invalid(text.isBlank() ? "blank" : text.length() + " characters", expected);
        }
        return text;
    }

    /// A text that is not blank, of at most `max` characters; null for anything else.
    @Nullable
    public String optionalText(int max) throws IOException {
        var text = isText() ? parser.getText() : "";
        skip();
        return text.isBlank() || text.length() > max ? null : text;
    }

    /// Null if absent.
    @Nullable
    OrderId orderId() throws IOException, InvalidPayload {
        if (isNull()) {
            return null;
        }
        if (!isText()) {
            throw invalid(kindName(), "a UUID");
        }
        var text = parser.getText();
        var id = OrderId.parse(text);
        if (id.isEmpty()) {
            throw invalid(excerpt(text), "a UUID");
        }
        return id.get();
    }

    /// A time in any format that [Timestamps] parses; null if absent.
    @Nullable
    Instant time() throws IOException, InvalidPayload {
        if (isNull()) {
            return null;
        }
        long millis;
        if (isText()) {
            millis = Timestamps.millis(parser.getText());
        } else if (parser.currentToken().isNumeric()) {
            millis = Timestamps.millis(parser.getDoubleValue());
        } else {
            throw invalid(kindName(), TIME);
        }
        if (millis == Timestamps.INVALID) {
            throw invalid(excerpt(parser.getText()), TIME);
        }
        return Instant.ofEpochMilli(millis);
    }

    /// The same, with 0 or -1 for an unknown time.
    @Nullable
    Instant timeOrUnknown() throws IOException, InvalidPayload {
        var isUnknown = parser.currentToken().isNumeric()
                && (parser.getDoubleValue() == 0 || parser.getDoubleValue() == UNKNOWN);
        return isUnknown ? null : time();
    }

    /// The time in a text, if it is within the range of calendars and databases.
    public static Optional<Instant> parseTime(String text) {
        return Timestamps.parse(text);
    }

    /// True only for the literal itself; null if absent.
    @Nullable
    public Boolean optionalBoolean() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                skip();
                yield null;
            }
        };
    }

    /// The error for a required field that is absent.
    InvalidPayload missing(String field, String expected) {
        name = field;
        return invalid("missing", expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private InvalidPayload invalid(String was, String expected) {
        var field = index < 0 ? name : name.isEmpty() ? "[" + index + "]" : "[" + index + "]." + name;
        return new InvalidPayload(field, field + ": " + was + " (expected: " + expected + ")");
    }

    /// The type of the current value, for an error.
    private String kindName() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "a number";
        };
    }

    public static String excerpt(String text) {
        return text.length() <= EXCERPT_MAX ? text : text.substring(0, EXCERPT_MAX) + "…";
    }
}
