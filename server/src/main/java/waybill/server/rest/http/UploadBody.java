package waybill.server.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobReferences;
import waybill.blob.BlobStore;
import waybill.blob.BlobType;
import waybill.hub.schedule.BlockingReads;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// The body of an operation that takes a file: the file alone, with further fields in the query, or a form of
/// `multipart/form-data` with one file and the same fields. Reads it after the checks that precede it.
public final class UploadBody {

    private static final String MULTIPART = "multipart/form-data";

    private final BlobStore store;
    private final BlobReferences references;
    private final Executor executor;
    private final Supplier<UUID> ids;
    private final Duration timeout;
    private final Consumption consumption;
    private final UploadLimits uploads = new UploadLimits();
    private final UploadLimits downloads = new UploadLimits();

    /// Is told of the bytes of a body that are written, and not in memory any more. On the event loop of the request.
    @FunctionalInterface
    public interface Consumption {
        void consumed(HttpServerRequest request, int bytes);
    }

    /// @param executor runs what blocks
    /// @param timeout the time for a body to arrive
    public UploadBody(
            BlobStore store,
            BlobReferences references,
            Executor executor,
            Supplier<UUID> ids,
            Duration timeout,
            Consumption consumption) {
        this.store = store;
        this.references = references;
        this.executor = executor;
        this.ids = ids;
        this.timeout = timeout;
        this.consumption = consumption;
    }

    /// What came.
    record Received(JsonInput fields, @Nullable Blob blobOrNone) {}

    Executor executor() {
        return executor;
    }

    MemoryLimit.Lease acquireDownload(String caller) {
        return downloads.acquire(caller);
    }

    /// Whether the client sends a file, and not a JSON value.
    static boolean isFile(HttpServerRequest request) {
        var type = mediaType(request);
        return !type.isEmpty()
                && !type.startsWith("application/json")
                && !type.startsWith("application/x-www-form-urlencoded"); // what curl calls any text
    }

    private static String mediaType(HttpServerRequest request) {
        var type = request.getHeader("content-type");
        return type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    }

    /// Receives a file, and its fields. Fails with a [Problem], and then nothing is left of the file.
    Future<Received> receive(RoutingContext ctx, Operation operation, ApiRequest call, String caller, long bytesMax) {
        var request = ctx.request();
        var isForm = mediaType(request).startsWith(MULTIPART);
        if (!isForm) {
            requireFits(request, bytesMax);
        }
        var lease = uploads.acquire(caller);
        var first = Promise.<Received>promise();
        var receiving = Future.succeededFuture()
                .compose(_ -> isForm
                        ? form(ctx, operation, bytesMax, first.future())
                        : raw(ctx, bytesMax, first.future())
                                .map(blob -> new Received(queryFields(operation, call), blob)));
        var timely = within(ctx, receiving, first);
        return timely.onComplete(_ -> lease.release()).compose(received -> validated(operation, received));
    }

    private Future<Received> within(RoutingContext ctx, Future<Received> receiving, Promise<Received> first) {
        var timer = ctx.vertx().setTimer(timeout.toMillis(), _ -> {
            if (first.tryFail(Problem.tooSlow(timeout))) {
                receiving.onSuccess(this::discard);
                ctx.vertx().setTimer(1_000, _ -> ctx.request().connection().close());
            }
        });
        receiving.onComplete(done -> {
            ctx.vertx().cancelTimer(timer);
            if (done.succeeded()) {
                first.tryComplete(done.result());
            } else {
                first.tryFail(done.cause());
            }
        });
        return first.future();
    }

    private void discard(Received received) {
        var blob = received.blobOrNone();
        if (blob != null) {
            executor.execute(() -> store.delete(blob.id()));
        }
    }

    /// Deletes a file that its request turned out not to need: it was refused, or sent before.
    void deleteUnreferenced(BlobId id) {
        executor.execute(() -> {
            if (!references.isReferenced(id)) {
                store.delete(id);
            }
        });
    }

    private Future<Blob> raw(RoutingContext ctx, long bytesMax, Future<?> outcome) {
        var request = ctx.request();
        var upload = begin(ctx, type(request.getHeader("content-type")), bytesMax);
        proceed(request);
        return upload.compose(begun -> receive(ctx, request, begun, outcome).result());
    }

    private UploadReceiver receive(
            RoutingContext ctx, ReadStream<Buffer> stream, BlobStore.Upload begun, Future<?> outcome) {
        return UploadReceiver.receive(
                ctx, stream, begun, executor, outcome, bytes -> consumption.consumed(ctx.request(), bytes));
    }

    private static void requireFits(HttpServerRequest request, long bytesMax) {
        var length = request.getHeader("content-length");
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > bytesMax) {
            throw Problem.tooLarge((int) bytesMax);
        }
    }

    private static void proceed(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
    }

    private static BlobType type(@Nullable String mediaType) {
        return BlobType.parse(mediaType == null ? "" : mediaType).orElseThrow(() -> Problem.unsupportedType(mediaType));
    }

    private Future<BlobStore.Upload> begin(RoutingContext ctx, BlobType type, long bytesMax) {
        return Future.fromCompletionStage(
                BlockingReads.supply(executor, () -> store.begin(new BlobId(ids.get()), type, bytesMax)),
                ctx.vertx().getOrCreateContext());
    }

    private Future<Received> form(RoutingContext ctx, Operation operation, long bytesMax, Future<?> outcome) {
        var request = ctx.request();
        var result = Promise.<Received>promise();
        var file = new FormFile();
        request.setExpectMultipart(true);
        request.uploadHandler(part -> {
            part.pause();
            try {
                file.receive(ctx, part, bytesMax, outcome);
            } catch (RuntimeException e) {
                part.resume();
                result.tryFail(e);
            }
            file.blob().onFailure(result::tryFail);
        });
        request.exceptionHandler(cause -> result.tryFail(UploadReceiver.readable(cause)));
        request.endHandler(_ -> file.end()
                .onSuccess(blob -> {
                    try {
                        result.tryComplete(new Received(formFields(operation, request), blob));
                    } catch (RuntimeException e) {
                        result.tryFail(e);
                    }
                })
                .onFailure(result::tryFail));
        result.future().onFailure(_ -> file.blob().onSuccess(blob -> discard(new Received(JsonInput.EMPTY, blob))));
        proceed(request);
        request.resume();
        return result.future();
    }

    /// The file of a form. Belongs to the event loop of its connection.
    private final class FormFile {

        private final Promise<UploadReceiver> receiver = Promise.promise();
        private @Nullable Future<Blob> blobOrNone;

        void receive(RoutingContext ctx, HttpServerFileUpload part, long bytesMax, Future<?> outcome) {
            if (blobOrNone != null) {
                throw Problem.invalid("body", "body: a second file (expected: one image)");
            }
            blobOrNone = begin(ctx, type(part.contentType()), bytesMax).compose(begun -> {
                var receiving = UploadBody.this.receive(ctx, part, begun, outcome);
                receiver.complete(receiving);
                return receiving.result();
            });
        }

        /// The file, once the form has ended.
        Future<@Nullable Blob> end() {
            receiver.future().onSuccess(UploadReceiver::endSource);
            return blob();
        }

        Future<@Nullable Blob> blob() {
            var blob = blobOrNone;
            return blob == null ? Future.succeededFuture(null) : blob.map(one -> one);
        }
    }

    private static JsonInput formFields(Operation operation, HttpServerRequest request) {
        var fields = JsonNodeFactory.instance.objectNode();
        request.formAttributes().forEach((name, text) -> fields.set(name, typed(operation, name, text)));
        return new JsonInput(fields);
    }

    private static JsonNode typed(Operation operation, String name, String text) {
        return operation.parameters().stream()
                .filter(parameter -> parameter.location() == Operation.Parameter.Location.QUERY
                        && parameter.name().equals(name))
                .findFirst()
                .map(parameter -> parameter.schema().parse(text))
                .orElseThrow(() -> Problem.invalid(name, name + ": unknown (expected: a field that /api/docs shows)"));
    }

    private static JsonInput queryFields(Operation operation, ApiRequest call) {
        var fields = JsonNodeFactory.instance.objectNode();
        for (var parameter : operation.parameters()) {
            var value = call.parameters().get(parameter.name());
            if (parameter.location() == Operation.Parameter.Location.QUERY && value != null) {
                fields.set(parameter.name(), value);
            }
        }
        return new JsonInput(fields);
    }

    /// The fields hold what the contract says. The hash is added to them, since it is a part of what identifies a
    /// request.
    private Future<Received> validated(Operation operation, Received received) {
        var invalid = operation
                .body()
                .flatMap(validator -> validator.problem("", received.fields().json()));
        if (invalid.isPresent()) {
            discard(received);
            return Future.failedFuture(invalid.get());
        }
        var blob = received.blobOrNone();
        if (blob == null) {
            return Future.succeededFuture(received);
        }
        var fields = ((ObjectNode) received.fields().json()).deepCopy();
        fields.put("imageSha256", blob.sha256());
        return Future.succeededFuture(new Received(new JsonInput(fields), blob));
    }
}
