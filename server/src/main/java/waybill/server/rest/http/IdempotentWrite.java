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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.Journal;
import waybill.journal.PendingResponse;
import waybill.journal.Sequences;
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
        return work -> work.findResponse(user, key).map(this::replay).orElseGet(() -> runFirst(work, task));
    }

    private WriteResponse runFirst(UnitOfWork work, Journal.Task<WriteResponse> task) {
        var response = task.run(work);
        if (!response.isSuccess()) {
            return response;
        }
        var once = new RenderedOnce(response.render());
        work.save(user, key, new PendingResponse(fingerprint, sequences -> stored(once.apply(sequences))), at);
        return WriteResponse.ofSuccess(once);
    }

    private StoredResponse stored(ApiResponse response) {
        return new StoredResponse(fingerprint, response.status(), response.body());
    }

    private WriteResponse replay(PendingResponse known) {
        return known.fingerprint().equals(fingerprint)
                ? WriteResponse.ofSuccess(sequences -> replayed(known.render(sequences)))
                : WriteResponse.of(ApiResponse.of(Problem.conflict(
                        "Idempotency-Key: used before for another request (expected: one key for each)",
                        "Idempotency-Key")));
    }

    private static ApiResponse replayed(StoredResponse known) {
        return ApiResponse.json(known.status(), known.body()).with(REPLAYED, "true");
    }

    /// The journal's thread renders a response to store it, and the client is sent the same one. Thread-safe.
    private static final class RenderedOnce implements Function<Sequences, ApiResponse> {

        private final Function<Sequences, ApiResponse> render;
        private @Nullable ApiResponse rendered;

        RenderedOnce(Function<Sequences, ApiResponse> render) {
            this.render = render;
        }

        @Override
        public synchronized ApiResponse apply(Sequences sequences) {
            var known = rendered;
            if (known == null) {
                known = render.apply(sequences);
                rendered = known;
            }
            return known;
        }
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
