package waybill.server.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.order.Journal;
import waybill.order.Unavailable;
import waybill.server.identity.Bearer;
import waybill.server.identity.Verification;

/// Where every request is dealt with in the same order: who asks, how often, may they, is it valid, do it, answer. What
/// was sent along is read only then, when its sender is known and may send it. Nothing of it waits on an event loop.
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    /// For requests that change something: by which user, and how they were answered.
    private static final Logger REQUESTS = LoggerFactory.getLogger("waybill.requests");

    private static final String BY = "by";
    private static final int SHOWN_MAX = 200;

    /// Who operates a hub in development mode and shows no token.
    private static final Principal DEVELOPER = new Principal("developer", Role.ADMIN, null, null, null);

    private final RestServices services;
    private final RequestRates reads;
    private final RequestRates writes;
    private final BodyBudget bodies = new BodyBudget();

    Desk(RestServices services) {
        this.services = services;
        reads = new RequestRates(services.settings().readsPerSecond());
        writes = new RequestRates(services.settings().writesPerSecond());
    }

    Handler<RoutingContext> serving(Operation operation, Doing.Handling handling) {
        return ctx -> {
            var loop = ctx.vertx().getOrCreateContext();
            if (!operation.method().name().equals("GET") && REQUESTS.isInfoEnabled()) {
                ctx.addEndHandler(_ -> logWrite(ctx));
            }
            if (operation.body().isPresent()) {
                ctx.request().pause(); // until it is known whether it is wanted
            }
            Future.succeededFuture()
                    .compose(_ -> Future.fromCompletionStage(whoAsks(ctx, operation), loop))
                    .compose(by -> admitted(ctx, operation, by))
                    .compose(call -> Future.fromCompletionStage(answer(ctx, operation, handling, call), loop))
                    .onSuccess(reply -> reply.send(ctx))
                    .onFailure(cause -> failed(ctx, cause));
        };
    }

    /// A request of somebody who may ask this, with what was sent along.
    private Future<Call> admitted(RoutingContext ctx, Operation operation, Optional<Principal> by) {
        var now = services.clock().instant();
        by.filter(_ -> operation.isLimited()).ifPresent(who -> requireUnhurried(operation, who, now.toEpochMilli()));
        by.ifPresent(who -> ctx.put(BY, who.user()));
        by.ifPresent(who -> Permit.requireRole(who, operation.actions()));
        var call = new Call(
                by.orElse(null), parameters(ctx, operation), Given.NOTHING, ctx.getAcceptableContentType(), now);
        return operation
                .body()
                .map(shape -> body(ctx, by).map(bytes -> call.with(Given.read(shape, bytes.getBytes()))))
                .orElseGet(() -> Future.succeededFuture(call));
    }

    private Future<Buffer> body(RoutingContext ctx, Optional<Principal> by) {
        var settings = services.settings();
        var caller = by.map(who -> who.role().word() + ":" + who.id()).orElse("");
        return Body.read(
                ctx.vertx(), ctx.request(), settings.payloadMax(), settings.bodyTimeout(), bodies.share(caller));
    }

    private static void logWrite(RoutingContext ctx) {
        @Nullable Object by = ctx.get(BY);
        REQUESTS.info(
                "{} {} by {}: {}",
                ctx.request().method(),
                plain(ctx.normalizedPath()),
                by == null ? "a caller without a token" : plain(by.toString()),
                ctx.response().getStatusCode());
    }

    /// A text of a client, short and without what a terminal would obey.
    private static String plain(String text) {
        var shown = new StringBuilder();
        text.chars().limit(SHOWN_MAX).forEach(c -> shown.append(c < ' ' || c == 0x7F || c > 0xFF ? '?' : (char) c));
        return shown.toString();
    }

    private static void failed(RoutingContext ctx, Throwable cause) {
        if (!ctx.response().closed()) { // or else whoever asked is gone, which is no error of ours
            problem(cause).reply().send(ctx);
        }
    }

    private CompletionStage<Optional<Principal>> whoAsks(RoutingContext ctx, Operation operation) {
        var header = Optional.ofNullable(ctx.request().getHeader("authorization"));
        return switch (operation.door()) {
            case OPEN -> CompletableFuture.completedStage(Optional.empty());
            case OPERATOR ->
                header.isEmpty() && services.identity().config().isDevelopment()
                        ? CompletableFuture.completedStage(Optional.of(DEVELOPER))
                        : verified(ctx, header);
            case TOKEN -> verified(ctx, header);
        };
    }

    private CompletionStage<Optional<Principal>> verified(RoutingContext ctx, Optional<String> header) {
        var said = header.orElseThrow(() -> Problem.unauthenticated(
                "Authorization: missing (expected: Bearer and a token)", "Bearer realm=\"waybill\""));
        var client = services.clients().apply(ctx.request());
        return services.identity().verify(Bearer.in(said), client).thenApply(verification -> {
            var principal = principal(verification);
            services.seen().accept(principal);
            return Optional.of(principal);
        });
    }

    private static Principal principal(Verification verification) {
        return switch (verification) {
            case Verification.Known known -> known.principal();
            case Verification.Refused(var code, var message, var retryAfter) ->
                throw switch (code) {
                    case "unavailable" -> Problem.unavailable(message, retryAfter.orElse(Duration.ofSeconds(1)));
                    case "rate_limited" -> Problem.rateLimited(message, retryAfter.orElse(Duration.ofSeconds(1)));
                    default -> Problem.unauthenticated(message, "Bearer realm=\"waybill\", error=\"invalid_token\"");
                };
        };
    }

    private CompletionStage<Reply> answer(RoutingContext ctx, Operation operation, Doing.Handling handling, Call call) {
        var once = call.find("Idempotency-Key")
                .map(key -> new Once(
                        call.by().user(),
                        key,
                        Once.fingerprint(
                                operation.method().name(),
                                path(ctx),
                                call.body().json()),
                        call.receivedAt()));
        return done(handling.of(call), once);
    }

    /// Without its prefix, since a path with it and one without it mean the same.
    private static String path(RoutingContext ctx) {
        return ctx.normalizedPath().replaceFirst("^/api/v1", "");
    }

    private void requireUnhurried(Operation operation, Principal who, long nowMs) {
        var rates = operation.isRead() ? reads : writes;
        rates.ask(who.user(), nowMs).ifPresent(wait -> {
            throw Problem.rateLimited(
                    (operation.isRead() ? "reads" : "writes") + ": too many (expected: at most " + rates.perSecond()
                            + " a second)",
                    wait);
        });
    }

    private static Map<String, JsonNode> parameters(RoutingContext ctx, Operation operation) {
        var values = new HashMap<String, JsonNode>();
        for (var parameter : operation.parameters()) {
            var said = Optional.ofNullable(
                    switch (parameter.place()) {
                        case PATH -> ctx.pathParam(parameter.name());
                        case QUERY -> ctx.queryParams().get(parameter.name());
                        case HEADER -> ctx.request().getHeader(parameter.name());
                    });
            var value = said.map(parameter.shape()::read);
            if (value.isEmpty() && parameter.isRequired()) {
                throw parameter.shape().missing(parameter.name());
            }
            value.flatMap(one -> parameter.shape().complaint(parameter.name(), one))
                    .ifPresent(complaint -> {
                        throw complaint;
                    });
            value.or(parameter.shape()::fallback).ifPresent(one -> values.put(parameter.name(), one));
        }
        return values;
    }

    private CompletionStage<Reply> done(Doing doing, Optional<Once> once) {
        return switch (doing) {
            case Doing.Said(var reply) -> CompletableFuture.completedStage(reply);
            case Doing.Reading(var read) -> reading(read);
            case Doing.Writing(var work) -> writing(work, once);
            case Doing.Preparing(var read) -> reading(read).thenCompose(work -> writing(work, once));
            case Doing.Awaiting(var reply) -> reply;
        };
    }

    private <T> CompletableFuture<T> reading(Supplier<T> read) {
        try {
            return CompletableFuture.supplyAsync(read, services.readers());
        } catch (RejectedExecutionException _) {
            throw Problem.unavailable("too many reads wait (expected: fewer)", Duration.ofSeconds(1));
        }
    }

    private CompletableFuture<Reply> writing(Journal.Work<Reply> work, Optional<Once> once) {
        return services.journal().submit(once.map(one -> one.of(work)).orElse(work));
    }

    static Problem problem(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof Unavailable unavailable) {
            return Problem.unavailable(String.valueOf(unavailable.getMessage()), unavailable.retryAfter());
        }
        LOG.error("a request could not be handled", cause);
        return Problem.bug();
    }
}
