package waybill.server.rest.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.blob.BlobFailure;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Failures;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.UserTurns;
import waybill.journal.Journal;
import waybill.journal.Read;
import waybill.journal.Transaction;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.server.rest.contract.JsonInput;
import waybill.server.rest.contract.Operation;
import waybill.server.rest.contract.Problem;

/// The steps of every request, in this order: authentication, rate, authorization, validation, action, response.
/// The body is read only after its sender is authenticated and authorized. Nothing waits on an event loop.
public final class RequestPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(RequestPipeline.class);

    /// Logs requests that change something: the user and the status.
    private static final Logger REQUESTS = LoggerFactory.getLogger("waybill.requests");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String USER = "by";
    private static final int EXCERPT_MAX = 200;

    /// Reads that are with the blocking executor.
    private static final int READS_AT_ONCE_MAX = 64;

    /// Reads that wait for others of their caller. One more is answered `unavailable`.
    private static final int READS_WAITING_MAX = 256;

    /// Users whose requests are counted. Beyond that, the least recently seen is evicted, and starts anew.
    private static final int USERS_MAX = 10_000;

    private final RequestAuthenticator authenticator;
    private final Journal journal;
    private final Executor blockingExecutor;
    private final RestSettings settings;
    private final InstantSource clock;
    private final UploadBody uploads;
    private final RateLimiter<String> readLimiter;
    private final RateLimiter<String> writeLimiter;
    private final MemoryLimit bodyMemory = MemoryLimit.ofBodies();
    private final MemoryLimit responseMemory = MemoryLimit.ofResponses();

    /// Reads of authenticated callers. Those of one caller run one after the other.
    private final UserTurns reads = new UserTurns(READS_AT_ONCE_MAX, 1, READS_WAITING_MAX);

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
        this.blockingExecutor = blockingExecutor;
        this.settings = settings;
        this.clock = clock;
        this.uploads = uploads;
        readLimiter = limiters.of("reads", RateLimit.perSecond(settings.readsPerSecond()), USERS_MAX);
        writeLimiter = limiters.of("writes", RateLimit.perSecond(settings.writesPerSecond()), USERS_MAX);
    }

    public Handler<RoutingContext> handler(Operation operation, RequestAction.Handler handling) {
        return ctx -> {
            var loop = ctx.vertx().getOrCreateContext();
            if (!operation.isRead() && REQUESTS.isInfoEnabled()) {
                ctx.addEndHandler(_ -> logWrite(ctx));
            }
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
            requireRate(operation, by, now.toEpochMilli());
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
            var caller = caller(Optional.of(by));
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
        by.filter(_ -> operation.isLimited()).ifPresent(user -> requireRate(operation, user, now.toEpochMilli()));
        by.ifPresent(user -> ctx.put(USER, user.user()));
        by.ifPresent(user -> Authorization.requireRole(user, operation.actions()));
        var call = new ApiRequest(
                by.orElse(null),
                RequestParameters.parse(operation, ctx),
                JsonInput.EMPTY,
                ctx.getAcceptableContentType(),
                now);
        if (operation.isRaw()) {
            return raw(ctx, by).map(call::with);
        }
        if (operation.isUpload()) {
            return Future.succeededFuture(call); // its action reads the body
        }
        return json(ctx, operation, by, call);
    }

    private Future<ApiRequest> json(RoutingContext ctx, Operation operation, Optional<Principal> by, ApiRequest call) {
        return operation
                .body()
                .map(validator -> body(ctx, by, settings.payloadMax())
                        .map(bytes -> bytes.length() == 0 && !operation.isBodyRequired()
                                ? call
                                : call.with(JsonInput.parse(validator, bytes.getBytes()))))
                .orElseGet(() -> Future.succeededFuture(call));
    }

    private Future<Buffer> body(RoutingContext ctx, Optional<Principal> by, int bytesMax) {
        var lease = bodyMemory.lease(caller(by));
        return RequestBody.load(ctx.vertx(), ctx.request(), bytesMax, settings.bodyTimeout(), lease);
    }

    private Future<RawRequest> raw(RoutingContext ctx, Optional<Principal> by) {
        var client = authenticator.clientAddress(ctx);
        return body(ctx, by, Math.min(RawRequest.BODY_MAX, settings.payloadMax()))
                .map(bytes -> RawRequest.of(ctx, bytes, client));
    }

    /// The caller whose memory a request takes.
    private static String caller(Optional<Principal> by) {
        return by.map(user -> user.user().toString()).orElse("");
    }

    private static void logWrite(RoutingContext ctx) {
        @Nullable Object by = ctx.get(USER);
        REQUESTS.info(
                "{} {} by {}: {}",
                ctx.request().method(),
                printable(ctx.normalizedPath()),
                by == null ? "a caller without a token" : printable(by.toString()),
                ctx.response().getStatusCode());
    }

    /// A text of a client, cut and escaped for the log.
    private static String printable(String text) {
        var shown = new StringBuilder();
        text.chars().limit(EXCERPT_MAX).forEach(c -> shown.append(c < ' ' || c == 0x7F || c > 0xFF ? '?' : (char) c));
        return shown.toString();
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
        var caller = caller(Optional.ofNullable(call.principalOrNone()));
        return switch (action) {
            case RequestAction.Read(var read) -> readPage(ctx, caller, read);
            case RequestAction.Stream(var response) -> response.thenApply(Outgoing.Streamed::new);
            case RequestAction.Upload upload -> upload(ctx, operation, upload, call);
            case RequestAction.Download(var read) -> {
                var lease = uploads.acquireDownload(caller);
                yield read(caller, read)
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
        var checked = read(caller(by), () -> {
            upload.check().run();
            return true;
        });
        return Future.fromCompletionStage(checked, loop)
                .compose(_ -> operation.body().isPresent() && !UploadBody.isFile(ctx.request())
                        ? json(ctx, operation, by, call)
                        : uploads.receive(ctx, operation, call, caller(by), upload.bytesMax())
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
            case RequestAction.Read(var read) -> read(caller, () -> Outgoing.of(read.get()));
            case RequestAction.Write write -> write(write, once).thenApply(Outgoing::of);
            case RequestAction.ReadThenWrite(var read) ->
                read(caller, read).thenCompose(write -> write(write, once)).thenApply(Outgoing::of);
            case RequestAction.Async(var reply) -> reply.thenApply(Outgoing::of);
            case RequestAction.Stream _, RequestAction.Upload _, RequestAction.Download _ ->
                throw new IllegalArgumentException("a stream or a file (expected: an operation with one response)");
        };
    }

    /// What is read counts as long as its client has not read it.
    private CompletionStage<Outgoing.Whole> readPage(RoutingContext ctx, String caller, Supplier<ApiResponse> read) {
        var lease = responseMemory.lease(caller);
        ctx.addEndHandler(_ -> lease.release());
        return read(caller, () -> {
            if (!lease.hasRoom()) {
                throw Problem.unavailable(
                        "responses: too many characters wait for their clients to read them (expected: fewer)",
                        RETRY_AFTER);
            }
            var reply = read.get();
            lease.hold(reply.body().length());
            return Outgoing.of(reply);
        });
    }

    /// Without its prefix, since a path with it and one without it are equivalent.
    private static String path(RoutingContext ctx) {
        return ctx.normalizedPath().replaceFirst("^/api/v1", "");
    }

    private void requireRate(Operation operation, Principal user, long nowMs) {
        var retryAfterMs = (operation.isRead() ? readLimiter : writeLimiter)
                .acquire(user.user().toString(), nowMs);
        if (retryAfterMs > 0) {
            var perSecond = operation.isRead() ? settings.readsPerSecond() : settings.writesPerSecond();
            throw Problem.rateLimited(
                    (operation.isRead() ? "reads" : "writes") + ": too many (expected: at most " + perSecond
                            + " a second)",
                    Duration.ofMillis(retryAfterMs));
        }
    }

    private <T> CompletableFuture<T> read(String caller, Supplier<T> read) {
        if (caller.isEmpty()) {
            return BlockingReads.supply(blockingExecutor, read);
        }
        var result = new CompletableFuture<T>();
        if (!reads.await(caller, () -> startRead(caller, read, result))) {
            throw BlockingReads.tooMany();
        }
        return result;
    }

    private <T> void startRead(String caller, Supplier<T> read, CompletableFuture<T> result) {
        BlockingReads.supply(blockingExecutor, read).whenComplete((value, thrown) -> {
            if (thrown == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(thrown);
            }
            reads.end(caller);
        });
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
