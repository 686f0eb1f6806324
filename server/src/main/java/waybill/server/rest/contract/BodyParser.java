package waybill.server.rest.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Parses the JSON of a body along its schema, in one pass: a list that is too long, an object in place of a string
/// or an unknown field is rejected before it is allocated, so that an invalid body costs no more than a valid one
/// of its size. Null means that a field is absent, and an alias of a field means the field.
///
/// The result is the same for all equivalent bodies. The schema validates its values later.
final class BodyParser {

    /// Values of a body, in lists and objects of any depth.
    static final int VALUES_MAX = 50_000;

    /// A value without a schema: accepted with all its content.
    private static final BodyLayout ANYTHING =
            BodyLayout.of(MissingNode.getInstance(), JsonNodeFactory.instance.objectNode());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonParser parser;
    private int values;

    private BodyParser(JsonParser parser) {
        this.parser = parser;
    }

    /// Throws the [Problem] of the body. Missing if there is only white space.
    static JsonNode parse(byte[] body, BodyLayout layout) {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            var value = new BodyParser(parser).value(layout, "");
            if (parser.nextToken() != null) {
                throw Problem.invalid("body", "body: more than one JSON value (expected: one)");
            }
            return value;
        } catch (StreamConstraintsException _) {
            throw Problem.invalid(
                    "body",
                    "body: a number of too many digits, or nested too deep (expected: at most 1000 digits and levels)");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problem.invalid(
                    "body",
                    "body: no JSON"
                            + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr())
                            + " (expected: JSON)");
        } catch (IOException _) { // bytes in memory fail in no other way
            throw Problem.invalid("body", "body: not encoded as JSON is (expected: UTF-8)");
        }
    }

    private JsonNode value(BodyLayout layout, String where) throws IOException {
        if (++values > VALUES_MAX) {
            throw Problem.invalid("body", "body: too many values (expected: at most " + VALUES_MAX + ")");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                if (!layout.accepts("object")) {
                    throw invalid(where, "an object", layout);
                }
                yield object(layout, where);
            }
            case START_ARRAY -> layout.accepts("array") ? list(layout, where) : rejectList(layout, where);
            default -> JSON.readTree(parser);
        };
    }

    private ObjectNode object(BodyLayout layout, String where) throws IOException {
        var object = JsonNodeFactory.instance.objectNode();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var path = (where.isEmpty() ? "" : where + ".") + SchemaText.excerpt(name);
            var field = layout.fields().get(name);
            parser.nextToken();
            if (field != null) {
                put(object, field, path);
            } else if (layout.isOpen()) {
                object.set(name, value(ANYTHING, ""));
            } else {
                throw Problem.invalid(
                        path, path + ": unknown field (expected: " + SchemaText.list(layout.names()) + ")");
            }
        }
        return object;
    }

    private void put(ObjectNode object, BodyLayout.Field field, String path) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL && !field.layout().accepts("null")) {
            return;
        }
        var value = value(field.layout(), path);
        var before = object.replace(field.name(), value);
        if (before != null && !before.equals(value)) {
            throw Problem.invalid(path, path + ": given twice (expected: " + field.name() + " once)");
        }
    }

    private ArrayNode list(BodyLayout layout, String where) throws IOException {
        var list = JsonNodeFactory.instance.arrayNode();
        var count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (count++ >= layout.itemsMax()) {
                parser.skipChildren();
            } else if (layout.itemsOrNone() == null) {
                list.add(value(ANYTHING, ""));
            } else {
                list.add(value(layout.itemsOrNone(), where + "[" + (count - 1) + "]"));
            }
        }
        if (count > layout.itemsMax()) {
            throw invalid(where, "a list of " + count, layout);
        }
        return list;
    }

    private ArrayNode rejectList(BodyLayout layout, String where) throws IOException {
        var count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            parser.skipChildren();
            count++;
        }
        throw invalid(where, "a list of " + count, layout);
    }

    private static Problem invalid(String where, String came, BodyLayout layout) {
        var field = where.isEmpty() ? "body" : where;
        return Problem.invalid(
                field,
                field + ": " + came + " (expected: " + SchemaText.describe(layout.schema(), layout.schema()) + ")");
    }
}
