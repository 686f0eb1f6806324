package waybill.server.rest;

import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.TrustedProxies;
import waybill.server.rest.contract.ApiDocs;
import waybill.server.rest.contract.Contract;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.AllowedOrigins;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Cors;
import waybill.server.rest.http.InProcessRequest;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.PacedBody;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RequestDurations;
import waybill.server.rest.http.RequestPipeline;
import waybill.server.rest.link.InvalidLinkPaths;

/// All endpoints: each operation of the contract, bound to its handler. Safe from any thread: each event loop has a
/// router of its own, and all of them call the same handlers.
public final class Endpoints {

    private final Contract contract = Contract.read();
    private final RequestPipeline pipeline;
    private final RequestDurations requestDurations;
    private final Map<String, RequestAction.Handler> handlers = new HashMap<>();
    private final AllowedOrigins origins;
    private final Predicate<@Nullable String> hosts;
    private final boolean isDevelopment;
    private @Nullable ApiDocs apiDocs;

    /// @param handlers together, one handler for each operation of the contract
    /// @param origins the allowed origins of web pages
    /// @param hosts the names by which clients may call the hub
    /// @param isDevelopment whether callers are believed without a token, so that none may come through a proxy
    public Endpoints(
            RequestPipeline pipeline,
            List<OperationHandlers> handlers,
            RequestDurations requestDurations,
            AllowedOrigins origins,
            Predicate<@Nullable String> hosts,
            boolean isDevelopment) {
        this.pipeline = pipeline;
        this.requestDurations = requestDurations;
        this.origins = origins;
        this.hosts = hosts;
        this.isDevelopment = isDevelopment;
        handlers.forEach(one -> this.handlers.putAll(one.operations()));
    }

    /// The routes of one event loop.
    ///
    /// @param pages adds the routes of the hub's pages
    public Router router(Vertx vertx, Consumer<Router> pages) {
        var router = Router.router(vertx);
        router.route()
                .handler(requestDurations::start)
                .handler(this::requireHost)
                .handler(new Cors(origins))
                .failureHandler(Endpoints::sendFailure);
        apiDocs().mount(router);
        pages.accept(router);
        for (var operation : contract.operations()) {
            var handling = handlers.get(operation.id());
            if (handling == null) {
                throw new IllegalStateException(
                        operation.id() + ": no handler (expected: one for each operation of the contract)");
            }
            for (var path : operation.paths()) {
                var route = router.route(operation.method(), path);
                if (operation.responseTypes().size() > 1) {
                    operation.responseTypes().forEach(route::produces);
                }
                route.handler(requestDurations.tagging(operation)).handler(pipeline.handler(operation, handling));
            }
        }
        router.errorHandler(400, ctx -> sendUnrouted(ctx, invalidPath()));
        router.errorHandler(
                404,
                ctx -> sendUnrouted(
                        ctx,
                        Problem.notFound("path: " + ctx.normalizedPath() + " (expected: one that /api/docs shows)")));
        router.errorHandler(405, ctx -> ApiResponse.of(wrongMethod(ctx)).send(ctx));
        router.errorHandler(
                406,
                ctx -> ApiResponse.of(Problem.notAcceptable(contract.responseTypesAt(ctx.normalizedPath())))
                        .send(ctx));
        return router;
    }

    /// The documentation, which only a hub with a port needs.
    private synchronized ApiDocs apiDocs() {
        var made = apiDocs;
        if (made == null) {
            made = new ApiDocs(contract, PacedBody::end);
            apiDocs = made;
        }
        return made;
    }

    /// Handles a request of this process.
    public CompletionStage<ApiResponse> handle(InProcessRequest request) {
        var handling = handlers.get(request.operation());
        var operation = contract.operations().stream()
                .filter(one -> one.id().equals(request.operation()))
                .findFirst();
        if (handling == null || operation.isEmpty()) {
            throw new IllegalArgumentException(request.operation() + ": not in the contract");
        }
        return pipeline.handle(operation.get(), handling, request);
    }

    private void requireHost(RoutingContext ctx) {
        if (ctx.request().headers().getAll("host").size() > 1) {
            throw Problem.invalidHost();
        }
        if (!hosts.test(ctx.request().getHeader("host"))) {
            throw Problem.forbiddenHost();
        }
        if (isDevelopment) {
            TrustedProxies.forwardedRequestError(ctx.request()::getHeader).ifPresent(objection -> {
                throw Problem.forbidden(objection);
            });
        }
        ctx.next();
    }

    private Problem wrongMethod(RoutingContext ctx) {
        return Problem.wrongMethod(ctx.request().method().name(), contract.methodsAt(ctx.normalizedPath()));
    }

    private static Problem invalidPath() {
        return Problem.invalid("path", "path: cannot be decoded (expected: percent-encoded UTF-8)");
    }

    private static void sendFailure(RoutingContext ctx) {
        switch (ctx.failure()) {
            case null -> ApiResponse.of(routingProblem(ctx)).send(ctx);
            case VertxException _
            when ctx.statusCode() == 400 ->
                ApiResponse.of(Problem.invalidHost()).send(ctx);
            case HttpException e when e.getStatusCode() == 400 -> sendUnrouted(ctx, invalidPath());
            case Throwable cause ->
                ApiResponse.of(RequestPipeline.toProblem(cause)).send(ctx);
        }
    }

    private static void sendUnrouted(RoutingContext ctx, Problem problem) {
        InvalidLinkPaths.responseTo(ctx.request())
                .orElseGet(() -> ApiResponse.of(problem))
                .send(ctx);
    }

    /// The router rejects a request without a valid path, and gives no reason.
    private static Problem routingProblem(RoutingContext ctx) {
        return ctx.statusCode() >= 400 && ctx.statusCode() < 500
                ? Problem.invalid("request", "request: cannot be routed (expected: a method, a path and a Host)")
                : RequestPipeline.toProblem(new IllegalStateException("a request failed with " + ctx.statusCode()));
    }
}
