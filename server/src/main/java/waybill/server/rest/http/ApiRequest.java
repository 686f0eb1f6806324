package waybill.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.blob.Blob;
import waybill.order.Caller;
import waybill.order.OrderId;
import waybill.server.dialect.read.Timestamps;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;

/// A valid request, and its principal.
///
/// @param principalOrNone none if the operation needs no token
/// @param parameters of path, query and header, by name, with their defaults
/// @param acceptedTypeOrNone the preferred media type of those that the operation has; none if there is only one,
///     or if the client has no preference
/// @param rawOrNone the request as it came, if its operation reads it itself
/// @param fileOrNone the stored file, if one was uploaded
public record ApiRequest(
        @Nullable Principal principalOrNone,
        Map<String, JsonNode> parameters,
        JsonInput body,
        @Nullable String acceptedTypeOrNone,
        Instant receivedAt,
        @Nullable RawRequest rawOrNone,
        @Nullable Blob fileOrNone) {

    public ApiRequest(
            @Nullable Principal principalOrNone,
            Map<String, JsonNode> parameters,
            JsonInput body,
            @Nullable String acceptedTypeOrNone,
            Instant receivedAt) {
        this(principalOrNone, parameters, body, acceptedTypeOrNone, receivedAt, null, null);
    }

    ApiRequest with(JsonInput given) {
        return new ApiRequest(
                principalOrNone, parameters, given, acceptedTypeOrNone, receivedAt, rawOrNone, fileOrNone);
    }

    ApiRequest with(RawRequest raw) {
        return new ApiRequest(principalOrNone, parameters, body, acceptedTypeOrNone, receivedAt, raw, fileOrNone);
    }

    ApiRequest with(JsonInput fields, @Nullable Blob file) {
        return new ApiRequest(principalOrNone, parameters, fields, acceptedTypeOrNone, receivedAt, rawOrNone, file);
    }

    /// The file that was uploaded with it.
    public Optional<Blob> file() {
        return Optional.ofNullable(fileOrNone);
    }

    public RawRequest raw() {
        if (rawOrNone == null) {
            throw new IllegalStateException("the request has a schema (expected: an operation that reads it itself)");
        }
        return rawOrNone;
    }

    public Principal principal() {
        if (principalOrNone == null) {
            throw new IllegalStateException("the request has no principal (expected: an operation that needs a token)");
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

    /// When it happened: now, unless the body has a time.
    public Instant occurredAt() {
        var occurredAt =
                body.find("occurredAt").map(text -> time("occurredAt", text)).orElse(receivedAt);
        Timestamps.implausible("occurredAt", occurredAt, receivedAt).ifPresent(complaint -> {
            throw Problem.invalid("occurredAt", complaint);
        });
        return occurredAt;
    }

    public static Instant time(String name, String text) {
        return Timestamps.parse(text)
                .orElseThrow(() -> Problem.invalid(
                        name,
                        name + ": " + SchemaText.quoted(text) + " (expected: a time such as 2026-01-31T12:00:00Z)"));
    }
}
