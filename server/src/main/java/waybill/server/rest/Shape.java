package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.math.BigDecimal;
import java.util.Optional;

/// What something sent or answered must look like: a schema of the contract.
final class Shape {

    /// The longest text that may be a number.
    private static final int DIGITS_MAX = 40;

    private final Schema schema;
    private final JsonNode document;
    private final JsonNode described;
    private final Layout layout;

    Shape(Schema schema, JsonNode document, String pointer) {
        this.schema = schema;
        this.document = document;
        described = Expectation.resolved(document, document.at(pointer));
        layout = Layout.of(document, described);
    }

    /// What of it can be checked while a body is read.
    Layout layout() {
        return layout;
    }

    /// Complains of a value, empty when there is nothing wrong with it. `name` is what the value is called, empty for a
    /// whole body.
    Optional<Problem> complaint(String name, JsonNode value) {
        return schema.validate(value).stream().findFirst().map(error -> complaint(name, error));
    }

    Problem missing(String name) {
        return Problem.invalid(name, name + ": missing (expected: " + Expectation.of(document, described) + ")");
    }

    /// What somebody who says nothing means.
    Optional<JsonNode> fallback() {
        return Optional.ofNullable(described.get("default"));
    }

    /// A word of a path, query or header as what the schema takes it for, or as text when it cannot be that.
    JsonNode read(String text) {
        try {
            return text.length() > DIGITS_MAX ? TextNode.valueOf(text) : parsed(text);
        } catch (NumberFormatException _) {
            return TextNode.valueOf(text);
        }
    }

    private JsonNode parsed(String text) {
        return switch (described.path("type").asText()) {
            case "integer" -> LongNode.valueOf(Long.parseLong(text));
            case "number" -> DoubleNode.valueOf(new BigDecimal(text).doubleValue());
            default -> TextNode.valueOf(text);
        };
    }

    private Problem complaint(String name, Error error) {
        var field = field(name, error);
        var came = Expectation.isAboutAbsence(error) ? "missing" : Expectation.shown(error.getInstanceNode());
        var expected = Expectation.of(document, error);
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
        if (Expectation.isAboutAbsence(error)) {
            field.append(field.isEmpty() ? "" : ".").append(Expectation.absent(error));
        }
        return field.toString();
    }
}
