package waybill.server.rest.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.blob.BlobFailure;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Failures;
import waybill.hub.refusal.Refusal;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.limit.RateLimiters;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// The steps of every request, in this order: authentication, rate, authorization, validation, action, response.
/// The body is read only after its sender is authenticated and authorized. Nothing waits on an event loop.
public final class RequestPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    private final RequestAuthenticator authenticator;
    private final Journal journal;
    private final InstantSource clock;
    private final UploadBody uploads;
    private final RequestRates rates;
    private final RequestBodies bodies;
    private final CallerReads reads;

    public RequestPipeline(
            RequestAuthenticator authenticator,
            Journal journal,
            Executor blockingExecutor,
            RestSettings settings,
            RateLimiters limiters,
            InstantSource clock,
            UploadBody uploads) {
        this.authenticator = authenticator;
        this.journal = journal;
        this.clock = clock;
        this.uploads = uploads;
        rates = new RequestRates(settings, limiters);
        bodies = new RequestBodies(settings);
        reads = new CallerReads(blockingExecutor);
    }

    public Handler<RoutingContext> handler(Operation operation, RequestAction.Handler handling) {
        return ctx -> {
            var loop = ctx.vertx().getOrCreateContext();
            RequestLog.addTo(ctx, operation);
            if (operation.body().isPresent() || operation.isRaw() || operation.isUpload()) {
                ctx.request().pause(); // until the checks before the body have passed
            }
            Future.succeededFuture()
                    .compose(_ -> Future.fromCompletionStage(authenticator.authenticate(ctx, operation), loop))
                    .compose(by -> admit(ctx, operation, by))
                    .compose(call -> Future.fromCompletionStage(execute(ctx, operation, handling, call), loop))
                    .onSuccess(outgoing -> outgoing.send(ctx))
                    .onFailure(cause -> sendProblem(ctx, cause));
        };
    }

    /// Handles a request of this process: with the rate, the authorization, the validation and the idempotency of
    /// all others.
    public CompletionStage<ApiResponse> handle(
            Operation operation, RequestAction.Handler handling, InProcessRequest request) {
        var by = request.principal();
        try {
            var now = clock.instant();
            rates.require(operation, by, now.toEpochMilli());
            Authorization.requireRole(by, operation.actions());
            var body = operation
                    .body()
                    .map(validator -> JsonInput.parse(validator, request.body().getBytes(StandardCharsets.UTF_8)));
            var call = new ApiRequest(
                    by,
                    RequestParameters.parse(
                            operation, parameter -> request.parameters().get(parameter.name())),
                    body.orElse(JsonInput.EMPTY),
                    null,
                    now);
            var caller = RequestBodies.caller(Optional.of(by));
            return perform(
                            handling.handle(call),
                            caller,
                            IdempotentWrite.of(operation, request.path(operation.pathTemplate()), call))
                    .thenApply(Outgoing.Whole::response)
                    .exceptionally(thrown -> ApiResponse.of(toProblem(thrown)));
        } catch (Problem e) {
            return CompletableFuture.completedStage(ApiResponse.of(e));
        }
    }

    /// A request with the permission, with its body.
    private Future<ApiRequest> admit(RoutingContext ctx, Operation operation, Optional<Principal> by) {
        var now = clock.instant();
        by.filter(_ -> operation.isLimited()).ifPresent(user -> rates.require(operation, user, now.toEpochMilli()));
        by.ifPresent(user -> RequestLog.setUser(ctx, user.user()));
        by.ifPresent(user -> Authorization.requireRole(user, operation.actions()));
        var call = new ApiRequest(
                by.orElse(null),
                RequestParameters.parse(operation, ctx),
                JsonInput.EMPTY,
                ctx.getAcceptableContentType(),
                now);
        if (operation.isRaw()) {
            return bodies.raw(ctx, by, authenticator.clientAddress(ctx)).map(call::with);
        }
        if (operation.isUpload()) {
            return Future.succeededFuture(call); // its action reads the body
        }
        return bodies.json(ctx, operation, by, call);
    }

    private static void sendProblem(RoutingContext ctx, Throwable cause) {
        if (!ctx.response().closed()) { // otherwise the client has disconnected, which is not an error of the hub
            ApiResponse.of(toProblem(cause)).send(ctx);
        }
    }

    private CompletionStage<? extends Outgoing> execute(
            RoutingContext ctx, Operation operation, RequestAction.Handler handling, ApiRequest call) {
        return execute(ctx, operation, handling.handle(call), call);
    }

    private CompletionStage<? extends Outgoing> execute(
            RoutingContext ctx, Operation operation, RequestAction action, ApiRequest call) {
        var caller = RequestBodies.caller(Optional.ofNullable(call.principalOrNone()));
        return switch (action) {
            case RequestAction.Read(var read) -> reads.readPage(ctx, caller, read);
            case RequestAction.Stream(var response) -> response.thenApply(Outgoing.Streamed::new);
            case RequestAction.Upload upload -> upload(ctx, operation, upload, call);
            case RequestAction.Download(var read) -> {
                var lease = uploads.acquireDownload(caller);
                yield reads.read(caller, read)
                        .thenApply(response -> new Outgoing.Download(response, uploads.executor(), lease))
                        .whenComplete((_, thrown) -> {
                            if (thrown != null) {
                                lease.release();
                            }
                        });
            }
            case RequestAction.Immediate _,
                    RequestAction.Write _,
                    RequestAction.ReadThenWrite _,
                    RequestAction.Async _ -> perform(action, caller, IdempotentWrite.of(operation, path(ctx), call));
        };
    }

    /// Checks the caller, then reads the body, then acts. A file that is not needed afterwards is deleted.
    private CompletionStage<Outgoing> upload(
            RoutingContext ctx, Operation operation, RequestAction.Upload upload, ApiRequest call) {
        var loop = ctx.vertx().getOrCreateContext();
        var by = Optional.ofNullable(call.principalOrNone());
        var checked = reads.read(RequestBodies.caller(by), () -> {
            upload.check().run();
            return true;
        });
        return Future.fromCompletionStage(checked, loop)
                .compose(_ -> operation.body().isPresent() && !UploadBody.isFile(ctx.request())
                        ? bodies.json(ctx, operation, by, call)
                        : uploads.receive(ctx, operation, call, RequestBodies.caller(by), upload.bytesMax())
                                .map(received -> call.with(received.fields(), received.blobOrNone())))
                .compose(complete -> Future.<Outgoing>fromCompletionStage(
                                act(ctx, operation, upload.then(), complete), loop)
                        .onComplete(done -> {
                            if (done.succeeded() || Failures.cause(done.cause()) instanceof Problem) {
                                complete.file().ifPresent(file -> uploads.deleteUnreferenced(file.id()));
                            } // otherwise it may be committed later, or the sweep finds it
                        }))
                .toCompletionStage();
    }

    private CompletionStage<Outgoing> act(
            RoutingContext ctx, Operation operation, RequestAction.Handler then, ApiRequest call) {
        try {
            return execute(ctx, operation, then.handle(call), call).thenApply(outgoing -> outgoing);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private CompletionStage<Outgoing.Whole> perform(
            RequestAction action, String caller, Optional<IdempotentWrite> once) {
        return switch (action) {
            case RequestAction.Immediate(var reply) -> CompletableFuture.completedStage(Outgoing.of(reply));
            case RequestAction.Read(var read) -> reads.read(caller, () -> Outgoing.of(read.get()));
            case RequestAction.Write write -> write(write, once).thenApply(Outgoing::of);
            case RequestAction.ReadThenWrite(var read) ->
                reads.read(caller, read)
                        .thenCompose(write -> write(write, once))
                        .thenApply(Outgoing::of);
            case RequestAction.Async(var reply) -> reply.thenApply(Outgoing::of);
            case RequestAction.Stream _, RequestAction.Upload _, RequestAction.Download _ ->
                throw new IllegalArgumentException("a stream or a file (expected: an operation with one response)");
        };
    }

    /// Without its prefix, since a path with it and one without it are equivalent.
    private static String path(RoutingContext ctx) {
        return ctx.normalizedPath().replaceFirst("^/api/v1", "");
    }

    private CompletableFuture<ApiResponse> write(RequestAction.Write write, Optional<IdempotentWrite> once) {
        var reads = Stream.concat(
                        write.reads().stream(), once.map(one -> new Read.OfResponse(one.user(), one.key())).stream())
                .toList();
        var task = once.map(one -> one.wrap(write.task())).orElse(write.task());
        return journal.submit(new Transaction<>(reads, work -> {
            var response = task.run(work);
            return response.render()::apply;
        }));
    }

    public static Problem toProblem(Throwable thrown) {
        var cause = Failures.cause(thrown);
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof BlobFailure failure) {
            return UploadReceiver.unavailable(failure);
        }
        var refusal = Refusal.of(cause);
        if (refusal.code() == ErrorCode.INTERNAL) {
            LOG.error("a request could not be handled", cause);
        }
        return Problem.of(refusal);
    }
}
