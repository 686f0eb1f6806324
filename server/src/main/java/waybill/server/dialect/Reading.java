package waybill.server.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;

/// A payload being read, value by value, without building anything of what is not asked for: positions come by the ten
/// thousand a second. A value that is null counts as not given. Whatever is no JSON, or is nested deeper than the
/// parser follows, ends in an [IOException].
final class Reading implements AutoCloseable {

    static final String WHOLE = "a whole number, 0 or more";
    static final String TIME = Timestamps.EXPECTED;

    /// Names are a client's own and may be endless many, so they stay out of the table of all texts.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private static final int SHOWN_MAX = 40;

    /// What phones write for a number that they do not know.
    private static final double UNKNOWN = -1;

    private final JsonParser parser;
    private String name = "payload";
    private int index = -1; // in a list, if this is one

    /// At the payload itself, whatever it is.
    Reading(String json) throws IOException {
        parser = JSON.createParser(json);
        parser.nextToken();
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    boolean isList() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /// Goes to the next value of a list; false when there is none.
    boolean nextOfList() throws IOException {
        name = "";
        index++;
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /// The place in the list of what is here.
    int index() {
        return index;
    }

    /// Goes to the end of the element of a list in the midst of which the parser is.
    void leaveElement() throws IOException {
        while (parser.getParsingContext().getParent() != null
                && !parser.getParsingContext().getParent().inRoot()) {
            if (parser.nextToken() == null) {
                return;
            }
        }
    }

    /// What is here goes by that name, in what is said of it.
    void call(String field) {
        name = field;
    }

    /// Goes into the object that is here.
    void open() throws NotUnderstood {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw noObject();
        }
    }

    private NotUnderstood noObject() {
        var token = parser.currentToken();
        var isNothing = token == null || token == JsonToken.VALUE_NULL;
        return notUnderstood(isNothing ? "no object" : "no object but " + kind(), "a JSON object");
    }

    /// What to say of a payload that is no object: in a word what came.
    static NotUnderstood noObject(String json) {
        try (var reading = new Reading(json)) {
            return reading.parser.currentToken() == JsonToken.START_OBJECT
                    ? reading.notUnderstood("no JSON, or nested too deep", "a JSON object")
                    : reading.noObject();
        } catch (IOException _) {
            return new NotUnderstood("payload", "payload: no JSON (expected: a JSON object)");
        }
    }

    /// Goes to the next value of an object and returns its name; null when there is none.
    @Nullable
    String next() throws IOException {
        if (parser.nextToken() != JsonToken.FIELD_NAME) {
            return null;
        }
        name = parser.currentName();
        parser.nextToken();
        return name;
    }

    /// Passes over the value that is here.
    void skip() throws IOException {
        parser.skipChildren();
    }

    /// A number in that range, [Report#NOT_SAID] if none is given.
    double number(Range range) throws IOException, NotUnderstood {
        if (isNull()) {
            return Report.NOT_SAID;
        }
        if (!parser.currentToken().isNumeric()) {
            throw notUnderstood(kind(), "a number, " + range.words());
        }
        var value = parser.getDoubleValue();
        if (!range.holds(value)) {
            throw notUnderstood(Double.toString(value), range.words());
        }
        return value;
    }

    /// The same where phones write -1 for what they do not know.
    double numberIfKnown(Range range) throws IOException, NotUnderstood {
        var isUnknown = parser.currentToken().isNumeric() && parser.getDoubleValue() == UNKNOWN;
        return isUnknown ? Report.NOT_SAID : number(range);
    }

    /// A whole number from 0, -1 if none is given.
    long count() throws IOException, NotUnderstood {
        if (isNull()) {
            return -1;
        }
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw notUnderstood(parser.currentToken().isNumeric() ? shown(parser.getText()) : kind(), WHOLE);
        }
        var digits = parser.getText();
        try {
            var value = Long.parseLong(digits);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException _) {
            // too large for a count, and told below like one that is too small
        }
        throw notUnderstood(shown(digits), WHOLE);
    }

    /// A text of at most `max` characters, null if none is given.
    @Nullable
    String text(int min, int max) throws IOException, NotUnderstood {
        if (isNull()) {
            return null;
        }
        var expected = "text of " + min + ".." + max + " characters";
        if (!isText()) {
            throw notUnderstood(kind(), expected);
        }
        var text = parser.getText();
        if (text.length() > max || text.strip().length() < min) {
            throw notUnderstood(text.isBlank() ? "blank" : text.length() + " characters", expected);
        }
        return text;
    }

    /// A text with something in it, of at most `max` characters; null for anything else.
    @Nullable
    String textIfAny(int max) throws IOException {
        var text = isText() ? parser.getText() : "";
        skip();
        return text.isBlank() || text.length() > max ? null : text;
    }

    /// Null if none is given.
    @Nullable
    OrderId orderId() throws IOException, NotUnderstood {
        if (isNull()) {
            return null;
        }
        if (!isText()) {
            throw notUnderstood(kind(), "a UUID");
        }
        var text = parser.getText();
        var id = OrderId.parse(text);
        if (id.isEmpty()) {
            throw notUnderstood(shown(text), "a UUID");
        }
        return id.get();
    }

    /// A moment in any spelling that [Timestamps] parses; null if none is given.
    @Nullable
    Instant time() throws IOException, NotUnderstood {
        if (isNull()) {
            return null;
        }
        long millis;
        if (isText()) {
            millis = Timestamps.millis(parser.getText());
        } else if (parser.currentToken().isNumeric()) {
            millis = Timestamps.millis(parser.getDoubleValue());
        } else {
            throw notUnderstood(kind(), TIME);
        }
        if (millis == Timestamps.INVALID) {
            throw notUnderstood(shown(parser.getText()), TIME);
        }
        return Instant.ofEpochMilli(millis);
    }

    /// The same where phones write 0 or -1 when they do not know the time.
    @Nullable
    Instant timeIfKnown() throws IOException, NotUnderstood {
        var isUnknown = parser.currentToken().isNumeric()
                && (parser.getDoubleValue() == 0 || parser.getDoubleValue() == UNKNOWN);
        return isUnknown ? null : time();
    }

    /// The moment that a text tells of, if it is one that calendars and databases know.
    static Optional<Instant> moment(String text) {
        return Timestamps.parse(text);
    }

    /// True only for the word itself; null where there is none.
    @Nullable
    Boolean truth() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> {
                skip();
                yield null;
            }
        };
    }

    /// What to say of a field that is needed and was not given.
    NotUnderstood missing(String field, String expected) {
        name = field;
        return notUnderstood("missing", expected);
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private NotUnderstood notUnderstood(String was, String expected) {
        var field = index < 0 ? name : name.isEmpty() ? "[" + index + "]" : "[" + index + "]." + name;
        return new NotUnderstood(field, field + ": " + was + " (expected: " + expected + ")");
    }

    /// In a word what is here, where something else should be.
    private String kind() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "text";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "a number";
        };
    }

    static String shown(String text) {
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
