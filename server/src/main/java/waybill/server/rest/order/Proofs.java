package waybill.server.rest.order;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.blob.Blob;
import waybill.blob.BlobStore;
import waybill.geo.Position;
import waybill.hub.CommandReads;
import waybill.hub.OrderCommandHandler;
import waybill.hub.OrderCommandHandler.OrderReference;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.refusal.Refusal;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderCommand;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.order.Proof;
import waybill.order.ProofKind;
import waybill.order.ProofPlace;
import waybill.server.proof.ProofArchive;
import waybill.server.proof.SigningKey;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.BlobBody;
import waybill.server.rest.http.BodySource;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.StreamedResponse;
import waybill.server.rest.http.WriteResponse;

/// Proofs of delivery: drivers record them, the participants of an order read them.
public final class Proofs implements OperationHandlers {

    /// PINs that may be tried for one order at once; after that, one every [#PIN_INTERVAL_MS].
    private static final int PIN_TRIES = 5;

    private static final long PIN_INTERVAL_MS = 600_000;

    /// Orders whose tries are counted. Beyond that, the least recently tried is evicted, and starts anew.
    private static final int PIN_ORDERS_MAX = 10_000;

    /// What proofs are read from and recorded with.
    public record Sources(OrderQueries orders, EventLog log, BlobStore blobs, Supplier<SigningKey> key) {}

    private final OrderCommandHandler commands;
    private final Sources sources;
    private final InstantSource clock;
    private final long imageBytesMax;
    private final RateLimiter<String> pinLimiter;

    public Proofs(
            OrderCommandHandler commands,
            Sources sources,
            RateLimiters limiters,
            InstantSource clock,
            long imageBytesMax) {
        this.commands = commands;
        this.sources = sources;
        pinLimiter = limiters.of("pins", RateLimit.every(PIN_INTERVAL_MS, PIN_TRIES), PIN_ORDERS_MAX);
        this.clock = clock;
        this.imageBytesMax = imageBytesMax;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of(
                "recordProof", this::record,
                "listProofs", this::list,
                "readProofImage", this::image,
                "exportProofs", this::export);
    }

    public RequestAction record(ApiRequest call) {
        var id = call.order();
        return new RequestAction.Upload(
                () -> requireOrder(call, id, Action.RECORD_PROOF), imageBytesMax, this::recordReceived);
    }

    private Order requireOrder(ApiRequest call, OrderId id, Action action) {
        var order =
                sources.orders().findOrder(id).orElseThrow(() -> Problem.notFound("order " + id + ": does not exist"));
        Authorization.require(call.principal(), action, order);
        return order;
    }

    private RequestAction recordReceived(ApiRequest call) {
        var evidence = evidence(call.body(), call.file().orElse(null));
        if (evidence.kind() == ProofKind.PIN) {
            requirePinTry(call);
        }
        var command = new OrderCommand.RecordProof(
                evidence, Actor.of(call.principal()), call.occurredAt(), call.receivedAt());
        var request = new OrderRequest(
                new OrderReference.ById(call.order()), command, call.caller(), call.occurredAt(), call.receivedAt());
        return new RequestAction.Write(CommandReads.of(request), work -> switch (commands.handleInTransaction(
                work, request)) {
            case OrderResult.Committed(var order, var _) ->
                WriteResponse.ofSuccess(
                        sequences -> ApiResponse.created(ProofOutput.recorded(sequences.of(order), evidence)));
            case OrderResult.Duplicate(var order) ->
                WriteResponse.ofSuccess(
                        sequences -> ApiResponse.ok(ProofOutput.recorded(sequences.of(order), evidence)));
            case OrderResult.Rejected(var reason, var message) ->
                WriteResponse.of(ApiResponse.of(Problem.of(Refusal.of(reason, message))));
        });
    }

    /// A PIN has few digits: it must not be found by trying.
    private void requirePinTry(ApiRequest call) {
        var waitMs = pinLimiter.acquire(call.order().toString(), clock.millis());
        if (waitMs > 0) {
            throw Problem.rateLimited(
                    "pin: too many tries (expected: at most " + PIN_TRIES + ", then one in " + PIN_INTERVAL_MS / 60_000
                            + " minutes)",
                    Duration.ofMillis(waitMs));
        }
    }

    private static Proof.Evidence evidence(JsonInput body, @Nullable Blob image) {
        var kind = ProofKind.parse(body.text("kind")).orElseThrow(() -> new AssertionError("the contract lists them"));
        if (kind.hasImage() && image == null) {
            throw Problem.invalid(
                    "body", "body: no image (expected: one, as the body or in a form, of a " + kind.wireName() + ")");
        }
        if (!kind.hasImage() && image != null) {
            throw Problem.invalid("kind", "kind: " + kind.wireName() + " (expected: photo or signature with an image)");
        }
        return new Proof.Evidence(
                kind,
                code(kind, body),
                image,
                place(body),
                body.find("recipient").orElse(""));
    }

    private static String code(ProofKind kind, JsonInput body) {
        return switch (kind) {
            case SCAN ->
                body.find("code")
                        .orElseThrow(() -> Problem.invalid("code", "code: missing (expected: the scanned code)"));
            case PIN ->
                body.find("pin")
                        .orElseThrow(() -> Problem.invalid("pin", "pin: missing (expected: the PIN that was given)"));
            case PHOTO, SIGNATURE -> "";
        };
    }

    private static @Nullable ProofPlace place(JsonInput body) {
        var latitude = body.decimal("latitude");
        var longitude = body.decimal("longitude");
        if (Double.isNaN(latitude) != Double.isNaN(longitude)) {
            var missing = Double.isNaN(latitude) ? "latitude" : "longitude";
            throw Problem.invalid(missing, missing + ": missing (expected: both of latitude and longitude)");
        }
        if (Double.isNaN(latitude)) {
            return null;
        }
        var accuracy = body.decimal("accuracy");
        return new ProofPlace(
                new Position(latitude, longitude),
                Double.isNaN(accuracy) ? null : Double.valueOf(accuracy),
                body.find("recordedAt")
                        .map(text -> ApiRequest.time("recordedAt", text))
                        .orElse(null));
    }

    public RequestAction list(ApiRequest call) {
        var id = call.order();
        return new RequestAction.Read(() -> {
            var order = requireOrder(call, id, Action.VIEW_PROOF);
            var isCustomer = call.principal().role() == Role.CUSTOMER
                    && OrderAuthorization.relationTo(call.principal(), order) == Relation.CUSTOMER;
            return ApiResponse.ok(ProofOutput.of(order, proofs(sources.log().listHistory(id)), isCustomer));
        });
    }

    private static List<Proof> proofs(List<LogEntry> history) {
        return history.stream()
                .flatMap(entry -> entry.event() instanceof OrderEvent.ProofRecorded(var proof)
                        ? Optional.of(proof).stream()
                        : Optional.<Proof>empty().stream())
                .toList();
    }

    public RequestAction image(ApiRequest call) {
        var id = call.order();
        var number = call.text("number");
        return new RequestAction.Download(() -> {
            requireOrder(call, id, Action.VIEW_PROOF);
            var image = proofs(sources.log().listHistory(id)).stream()
                    .filter(proof -> Integer.toString(proof.number()).equals(number))
                    .findFirst()
                    .flatMap(proof -> proof.evidence().image())
                    .orElseThrow(() -> Problem.notFound("proof " + number + ": has no image"));
            return BlobBody.response(sources.blobs(), image, "proof-" + number, Map.of());
        });
    }

    public RequestAction export(ApiRequest call) {
        var id = call.order();
        return new RequestAction.Download(() -> {
            var order = requireOrder(call, id, Action.VIEW_PROOF);
            var archive = ProofArchive.of(
                    order, sources.log().listHistory(id), sources.key().get(), sources.blobs(), call.receivedAt());
            return new StreamedResponse(
                    200,
                    "application/zip",
                    StreamedResponse.UNKNOWN_LENGTH,
                    Map.of(
                            "content-disposition",
                            "attachment; filename=\"proof-" + order.number() + ".zip\"",
                            "x-content-type-options",
                            "nosniff"),
                    new ArchiveSource(archive));
        });
    }

    private record ArchiveSource(ProofArchive archive) implements BodySource {

        @Override
        public byte[] next() throws IOException {
            return archive.next();
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }
}
