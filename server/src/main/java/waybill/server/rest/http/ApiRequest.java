package waybill.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.Caller;
import waybill.order.OrderId;
import waybill.server.dialect.read.Timestamps;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;

/// A request that keeps to the contract, and who sent it.
///
/// @param principalOrNone none where nobody is asked who they are
/// @param parameters of path, query and header, by name; those that have a default are there
/// @param acceptedTypeOrNone the media type that is liked best of those that there are; none where there is but one, or
///     where nothing was said
public record ApiRequest(
        @Nullable Principal principalOrNone,
        Map<String, JsonNode> parameters,
        JsonInput body,
        @Nullable String acceptedTypeOrNone,
        Instant receivedAt) {

    ApiRequest with(JsonInput given) {
        return new ApiRequest(principalOrNone, parameters, given, acceptedTypeOrNone, receivedAt);
    }

    public Principal principal() {
        if (principalOrNone == null) {
            throw new IllegalStateException(
                    "nobody has shown who they are (expected: an operation that needs a token)");
        }
        return principalOrNone;
    }

    public Caller caller() {
        return new Caller.Authenticated(principal());
    }

    public String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + ": not required by the contract"));
    }

    public Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name)).map(JsonNode::asText);
    }

    public double decimal(String name) {
        return Optional.ofNullable(parameters.get(name)).map(JsonNode::asDouble).orElse(Double.NaN);
    }

    public int limit() {
        return Optional.ofNullable(parameters.get("limit")).map(JsonNode::asInt).orElse(0);
    }

    public OrderId order() {
        return OrderId.parse(text("id")).orElseThrow(() -> Problem.invalid("id", "id: not a UUID (expected: one)"));
    }

    /// When it happened: now, unless the body says so.
    public Instant occurredAt() {
        var said = body.find("occurredAt").map(text -> time("occurredAt", text)).orElse(receivedAt);
        Timestamps.implausible("occurredAt", said, receivedAt).ifPresent(complaint -> {
            throw Problem.invalid("occurredAt", complaint);
        });
        return said;
    }

    public static Instant time(String name, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> Problem.invalid(
                        name,
                        name + ": " + SchemaText.quoted(text) + " (expected: a time such as 2026-01-31T12:00:00Z)"));
    }
}
