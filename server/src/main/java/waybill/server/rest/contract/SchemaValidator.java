package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.math.BigDecimal;
import java.util.Optional;

/// Validates a request or response value against a schema of the contract.
public final class SchemaValidator {

    /// The maximum length of a text that may be a number.
    private static final int DIGITS_MAX = 40;

    private final Schema schema;
    private final JsonNode document;
    private final JsonNode resolvedSchema;
    private final BodyLayout layout;

    SchemaValidator(Schema schema, JsonNode document, String pointer) {
        this.schema = schema;
        this.document = document;
        resolvedSchema = SchemaText.resolved(document, document.at(pointer));
        layout = BodyLayout.of(document, resolvedSchema);
    }

    /// The part of it that is checked while a body is parsed.
    BodyLayout layout() {
        return layout;
    }

    /// The error of a value, empty if it is valid. `name` is the name of the value, empty for a whole body.
    public Optional<Problem> problem(String name, JsonNode value) {
        return schema.validate(value).stream().findFirst().map(error -> problem(name, error));
    }

    public Problem missing(String name) {
        return Problem.invalid(
                name, name + ": missing (expected: " + SchemaText.describe(document, resolvedSchema) + ")");
    }

    /// The default of the schema.
    public Optional<JsonNode> defaultValue() {
        return Optional.ofNullable(resolvedSchema.get("default"));
    }

    /// The text of a path, query or header parameter as the type of the schema, or as a string if it cannot be
    /// converted.
    public JsonNode parse(String text) {
        try {
            return text.length() > DIGITS_MAX ? TextNode.valueOf(text) : parseTyped(text);
        } catch (NumberFormatException _) {
            return TextNode.valueOf(text);
        }
    }

    private JsonNode parseTyped(String text) {
        return switch (resolvedSchema.path("type").asText()) {
            case "integer" -> LongNode.valueOf(Long.parseLong(text));
            case "number" -> DoubleNode.valueOf(new BigDecimal(text).doubleValue());
            default -> TextNode.valueOf(text);
        };
    }

    private Problem problem(String name, Error error) {
        var field = field(name, error);
        var came = SchemaText.isMissing(error) ? "missing" : SchemaText.describeValue(error.getInstanceNode());
        var expected = SchemaText.describe(document, error);
        return Problem.invalid(
                field.isEmpty() ? "body" : field,
                (field.isEmpty() ? "body" : field) + ": " + came + " (expected: " + expected + ")");
    }

    /// Such as `items[0].quantity`.
    private static String field(String name, Error error) {
        var field = new StringBuilder(name);
        var path = error.getInstanceLocation();
        for (var i = 0; i < path.getNameCount(); i++) {
            switch (path.getElement(i)) {
                case Integer index -> field.append('[').append(index).append(']');
                case Object step -> field.append(field.isEmpty() ? "" : ".").append(step);
            }
        }
        if (SchemaText.isMissing(error)) {
            field.append(field.isEmpty() ? "" : ".").append(SchemaText.missingField(error));
        }
        return field.toString();
    }
}
