package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.geo.Address;
import waybill.geo.Position;

/// A JSON value of a request that matches the contract. It is a tree, because the contract is checked on the whole
/// of it; the payloads of sockets have no contract and arrive faster, so `PayloadReader` reads them as a stream.
public record JsonInput(JsonNode json) {

    /// The parts of an address that may be separate from its text, in the order in which they are written.
    private static final List<String> ADDED_TO_TEXT = List.of("postalCode", "city", "state", "country");

    public static final JsonInput EMPTY = new JsonInput(MissingNode.getInstance());

    /// Parses a value and validates it against the contract; throws its [Problem].
    public static JsonInput parse(SchemaValidator validator, byte[] bytes) {
        var body = BodyParser.parse(bytes, validator.layout());
        if (body.isMissingNode()) {
            throw validator.missing("body");
        }
        validator.problem("", body).ifPresent(complaint -> {
            throw complaint;
        });
        return new JsonInput(body);
    }

    /// A required field.
    public String text(String name) {
        return json.path(name).asText();
    }

    public Optional<String> find(String name) {
        return field(name).map(JsonNode::asText);
    }

    public Optional<Long> number(String name) {
        return field(name).map(JsonNode::longValue);
    }

    /// An object in this one; an empty one if absent.
    public JsonInput child(String name) {
        return new JsonInput(json.path(name));
    }

    /// NaN if absent.
    public double decimal(String name) {
        return field(name).map(JsonNode::doubleValue).orElse(Double.NaN);
    }

    /// An address is text, or an object with a text and further fields.
    public Optional<Address> address(String name) {
        return field(name)
                .map(address ->
                        address.isTextual() ? new Address(address.asText(), null) : new JsonInput(address).asAddress());
    }

    private Address asAddress() {
        var position = json.has("latitude") ? new Position(decimal("latitude"), decimal("longitude")) : null;
        var text = text("text");
        for (var name : ADDED_TO_TEXT) {
            var part = find(name).orElse("").strip();
            if (!part.isEmpty() && !text.contains(part)) {
                text = text + ", " + part;
            }
        }
        return new Address(text, position, find("notes").orElse(null));
    }

    /// The elements of a list, or the one value that stands for a list of one.
    Stream<JsonInput> elements() {
        return json.isArray() ? json.valueStream().map(JsonInput::new) : Stream.of(this);
    }

    public Stream<JsonInput> elements(String name) {
        return json.path(name).valueStream().map(JsonInput::new);
    }

    private Optional<JsonNode> field(String name) {
        return Optional.of(json.path(name)).filter(value -> !value.isMissingNode());
    }
}
