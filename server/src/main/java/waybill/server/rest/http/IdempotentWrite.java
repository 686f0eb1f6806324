package waybill.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.Journal;
import waybill.journal.UnitOfWork;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// Executes a write once, however often it is sent under the same `Idempotency-Key`: its response is stored in the
/// same transaction. A rejection is not stored, since nothing was changed.
///
/// @param user the user of the key; the same key of another user is another one
/// @param fingerprint identifies the request
record IdempotentWrite(UserId user, String key, String fingerprint, Instant at) {

    private static final String REPLAYED = "idempotent-replayed";

    /// That of a request with the header.
    static Optional<IdempotentWrite> of(Operation operation, String path, ApiRequest call) {
        return call.find("Idempotency-Key")
                .map(key -> new IdempotentWrite(
                        call.principal().user(),
                        key,
                        fingerprint(operation.method().name(), path, call.body().json()),
                        call.receivedAt()));
    }

    Journal.Task<WriteResponse> wrap(Journal.Task<WriteResponse> task) {
        return work -> work.findResponse(user, key)
                .map(this::replay)
                .map(WriteResponse::of)
                .orElseGet(() -> runFirst(work, task));
    }

    private WriteResponse runFirst(UnitOfWork work, Journal.Task<WriteResponse> task) {
        var response = task.run(work);
        if (response.isSuccess()) {
            work.save(user, key, sequences -> stored(response.render().apply(sequences)), at);
        }
        return response;
    }

    private StoredResponse stored(ApiResponse response) {
        return new StoredResponse(fingerprint, response.status(), response.body());
    }

    private ApiResponse replay(StoredResponse known) {
        return known.fingerprint().equals(fingerprint)
                ? ApiResponse.json(known.status(), known.body()).with(REPLAYED, "true")
                : ApiResponse.of(Problem.conflict(
                        "Idempotency-Key: used before for another request (expected: one key for each)",
                        "Idempotency-Key"));
    }

    /// The same for equivalent requests: white space, the order of fields and the format of numbers do not matter.
    static String fingerprint(String method, String path, JsonNode body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((method + " " + path + "\n").getBytes(StandardCharsets.UTF_8));
            var canonical = new StringBuilder();
            write(body, canonical);
            return HexFormat.of().formatHex(digest.digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void write(JsonNode value, StringBuilder into) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                var names = new ArrayList<String>();
                value.fieldNames().forEachRemaining(names::add);
                Collections.sort(names);
                into.append('{');
                for (var name : names) {
                    into.append(TextNode.valueOf(name)).append(':');
                    write(value.path(name), into);
                    into.append(',');
                }
                into.append('}');
            }
            case ARRAY -> {
                into.append('[');
                for (var one : value) {
                    write(one, into);
                    into.append(',');
                }
                into.append(']');
            }
            case NUMBER -> into.append(number(value));
            case STRING, BOOLEAN, NULL, MISSING, BINARY, POJO -> into.append(value);
        }
    }

    /// `1`, `1.0` and `1e0` are one number. A number out of range is compared as text.
    private static String number(JsonNode value) {
        return value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())
                ? value.asText()
                : value.decimalValue().stripTrailingZeros().toString();
    }
}
