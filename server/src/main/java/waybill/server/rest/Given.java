package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;
import java.util.stream.Stream;
import waybill.geo.Address;
import waybill.geo.Position;

/// A JSON value that was sent and keeps to the contract.
record Given(JsonNode json) {

    static final Given NOTHING = new Given(MissingNode.getInstance());

    /// Holds what was sent to the contract; throws the [Problem] that it has with it.
    static Given of(Shape shape, JsonNode body) {
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

    /// An address is text, or an object with a text and maybe with where that is.
    Optional<Address> address(String name) {
        return given(name).map(address -> {
            if (address.isTextual()) {
                return new Address(address.asText(), null);
            }
            var position = address.has("latitude")
                    ? new Position(
                            address.path("latitude").doubleValue(),
                            address.path("longitude").doubleValue())
                    : null;
            return new Address(address.path("text").asText(), position);
        });
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
