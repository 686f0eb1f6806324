package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.geo.Address;
import waybill.geo.Position;

/// A JSON value that was sent and keeps to the contract.
record Given(JsonNode json) {

    /// The parts of an address that its text need not have in it, in the order in which they are written.
    private static final List<String> ADDED_TO_TEXT = List.of("postalCode", "city", "state", "country");

    static final Given NOTHING = new Given(MissingNode.getInstance());

    /// Reads what was sent and holds it to the contract; throws the [Problem] that it has with it.
    static Given read(Shape shape, byte[] bytes) {
        var body = BodyReader.read(bytes, shape.layout());
        if (body.isMissingNode()) {
            throw shape.missing("body");
        }
        shape.complaint("", body).ifPresent(complaint -> {
            throw complaint;
        });
        return new Given(body);
    }

    /// What the contract requires to be there.
    String text(String name) {
        return json.path(name).asText();
    }

    Optional<String> find(String name) {
        return given(name).map(JsonNode::asText);
    }

    Optional<Long> number(String name) {
        return given(name).map(JsonNode::longValue);
    }

    /// Not a number when nobody said.
    double decimal(String name) {
        return given(name).map(JsonNode::doubleValue).orElse(Double.NaN);
    }

    /// An address is text, or an object with a text and maybe with more.
    Optional<Address> address(String name) {
        return given(name)
                .map(address ->
                        address.isTextual() ? new Address(address.asText(), null) : new Given(address).asAddress());
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
    Stream<Given> each() {
        return json.isArray() ? json.valueStream().map(Given::new) : Stream.of(this);
    }

    Stream<Given> each(String name) {
        return json.path(name).valueStream().map(Given::new);
    }

    private Optional<JsonNode> given(String name) {
        return Optional.of(json.path(name)).filter(value -> !value.isMissingNode());
    }
}
