package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import java.util.List;
import java.util.stream.Collectors;

/// Describes in text what a schema expects, so that all errors have one form: what came, what was expected.
public final class SchemaText {

    private static final int EXCERPT_MAX = 40;

    private SchemaText() {}

    /// Whether the error is a missing field.
    static boolean isMissing(Error error) {
        return error.getKeyword().equals("required") || error.getKeyword().equals("dependentRequired");
    }

    /// The name of the missing field.
    static String missingField(Error error) {
        return String.valueOf(error.getArguments()[0]);
    }

    /// The expectation at the location of `error`.
    static String describe(JsonNode document, Error error) {
        var schema = schemaOf(document, error);
        return switch (error.getKeyword()) {
            case "required", "dependentRequired" ->
                describe(document, resolved(document, schema.path("properties").path(missingField(error))));
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> range(schema);
            case "type" -> types(schema.path("type"), schema);
            default -> describe(document, schema);
        };
    }

    /// The expectation of a schema; `schema` has no reference in it.
    static String describe(JsonNode document, JsonNode schema) {
        if (schema.has("enum")) {
            return list(schema.get("enum").valueStream().map(JsonNode::asText).toList());
        }
        if (schema.has("const")) {
            return describeValue(schema.get("const"));
        }
        return types(schema.path("type"), schema);
    }

    private static String types(JsonNode type, JsonNode schema) {
        if (schema.has("title")) {
            return schema.get("title").asText();
        }
        return type.isArray()
                ? type.valueStream().map(one -> type(one.asText(), schema)).collect(Collectors.joining(" or "))
                : type(type.asText(), schema);
    }

    private static String type(String type, JsonNode schema) {
        return switch (type) {
            case "string" -> text(schema);
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "boolean" -> "true or false";
            case "array" -> "a list" + bounds(schema, " of ", "minItems", "maxItems");
            case "object" -> "an object";
            case "null" -> "null";
            default -> "something";
        };
    }

    private static String text(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date-time" -> "a time such as 2026-01-31T12:00:00Z";
            case "uuid" -> "a UUID";
            default ->
                schema.has("examples") && schema.has("pattern")
                        ? "text such as " + schema.path("examples").path(0).asText()
                        : "text" + bounds(schema, " of ", "minLength", "maxLength", " characters");
        };
    }

    private static String bounds(JsonNode schema, String before, String min, String max) {
        return bounds(schema, before, min, max, "");
    }

    private static String bounds(JsonNode schema, String before, String min, String max, String after) {
        return schema.has(max)
                ? before + schema.path(min).asInt(0) + ".." + schema.get(max).asText() + after
                : "";
    }

    private static String range(JsonNode schema) {
        var over = schema.has("exclusiveMinimum");
        var min = schema.path(over ? "exclusiveMinimum" : "minimum");
        var max = schema.path("maximum");
        if (over) {
            return "more than " + min.asText() + (max.isMissingNode() ? "" : ", at most " + max.asText());
        }
        return max.isMissingNode() ? min.asText() + " or more" : min.asText() + ".." + max.asText();
    }

    /// Such as `a, b or c`.
    public static String list(List<String> items) {
        return items.size() == 1
                ? items.getFirst()
                : String.join(", ", items.subList(0, items.size() - 1)) + " or " + items.getLast();
    }

    /// A short description of the value that came.
    public static String describeValue(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.asText().isBlank() ? "blank" : quoted(value.asText());
            case OBJECT -> "an object";
            case ARRAY -> "a list of " + value.size();
            case MISSING -> "nothing";
            case NULL, NUMBER, BOOLEAN, BINARY, POJO -> excerpt(value.asText());
        };
    }

    /// A text in quotes, so that `"1"` differs from a number.
    public static String quoted(String text) {
        return '"' + excerpt(text) + '"';
    }

    public static String excerpt(String text) {
        return text.length() <= EXCERPT_MAX ? text : text.substring(0, EXCERPT_MAX) + "…";
    }

    /// The schema with the keyword of the error.
    private static JsonNode schemaOf(JsonNode document, Error error) {
        var pointer = error.getSchemaLocation().getFragment().toString();
        var schema = document.at(pointer.substring(0, pointer.lastIndexOf('/')));
        return resolved(document, schema);
    }

    /// The same schema with its references resolved; its own keywords override those of the reference.
    static JsonNode resolved(JsonNode document, JsonNode schema) {
        if (!(schema instanceof ObjectNode node) || !node.has("$ref")) {
            return schema instanceof MissingNode ? MissingNode.getInstance() : schema;
        }
        var target = resolved(document, document.at(node.get("$ref").asText().substring(1)));
        var whole = target instanceof ObjectNode object ? object.deepCopy() : node.objectNode();
        whole.setAll(node);
        whole.remove("$ref");
        return whole;
    }
}
