package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.order.OrderId;
import waybill.order.Speaker;
import waybill.server.dialect.Timestamps;

/// A request that keeps to the contract, and who sent it.
///
/// @param byOrNone none where nobody is asked who they are
/// @param parameters of path, query and header, by name; those that have a default are there
/// @param answerTypeOrNone the media type that is liked best of those that there are; none where there is but one, or
///     where nothing was said
record Call(
        @Nullable Principal byOrNone,
        Map<String, JsonNode> parameters,
        Given body,
        @Nullable String answerTypeOrNone,
        Instant receivedAt) {

    Call with(Given given) {
        return new Call(byOrNone, parameters, given, answerTypeOrNone, receivedAt);
    }

    Principal by() {
        if (byOrNone == null) {
            throw new IllegalStateException(
                    "nobody has shown who they are (expected: an operation that needs a token)");
        }
        return byOrNone;
    }

    Speaker speaker() {
        return new Speaker.Known(by());
    }

    String text(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException(name + ": not required by the contract"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name)).map(JsonNode::asText);
    }

    double decimal(String name) {
        return Optional.ofNullable(parameters.get(name)).map(JsonNode::asDouble).orElse(Double.NaN);
    }

    int limit() {
        return Optional.ofNullable(parameters.get("limit")).map(JsonNode::asInt).orElse(0);
    }

    OrderId order() {
        return OrderId.parse(text("id")).orElseThrow(() -> Problem.invalid("id", "id: not a UUID (expected: one)"));
    }

    /// When it happened: now, unless the body says so.
    Instant occurredAt() {
        var said = body.find("occurredAt").map(text -> time("occurredAt", text)).orElse(receivedAt);
        Timestamps.implausible("occurredAt", said, receivedAt).ifPresent(complaint -> {
            throw Problem.invalid("occurredAt", complaint);
        });
        return said;
    }

    static Instant time(String name, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> Problem.invalid(
                        name,
                        name + ": " + Expectation.quoted(text) + " (expected: a time such as 2026-01-31T12:00:00Z)"));
    }
}
