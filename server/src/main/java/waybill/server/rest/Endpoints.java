package waybill.server.rest;

import static java.util.Map.entry;

import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.TrustedProxies;
import waybill.server.rest.admin.Businesses;
import waybill.server.rest.admin.HealthAndMetrics;
import waybill.server.rest.admin.LogReads;
import waybill.server.rest.admin.Notifications;
import waybill.server.rest.admin.Products;
import waybill.server.rest.admin.QueueReads;
import waybill.server.rest.admin.Tokens;
import waybill.server.rest.contract.ApiDocs;
import waybill.server.rest.contract.Contract;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.AllowedOrigins;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Cors;
import waybill.server.rest.http.InProcessRequest;
import waybill.server.rest.http.PacedBody;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RequestDurations;
import waybill.server.rest.http.RequestPipeline;
import waybill.server.rest.http.RestServices;
import waybill.server.rest.order.OrderReads;
import waybill.server.rest.order.OrderWrites;
import waybill.server.rest.track.Drivers;
import waybill.server.rest.track.OrderTracking;
import waybill.server.rest.track.RouteReads;

/// All endpoints: each operation of the contract, bound to its handler. Safe from any thread: each event loop has a
/// router of its own, and all of them call the same handlers.
public final class Endpoints {

    private final Contract contract = Contract.read();
    private final RequestPipeline pipeline;
    private final RequestDurations requestDurations;
    private final Map<String, RequestAction.Handler> handlers;
    private final AllowedOrigins origins;
    private final Predicate<@Nullable String> hosts;
    private final boolean isDevelopment;
    private @Nullable ApiDocs apiDocs;

    /// @param origins the allowed origins of web pages
    /// @param hosts the names by which clients may call the hub
    public Endpoints(RestServices services, AllowedOrigins origins, Predicate<@Nullable String> hosts) {
        pipeline = new RequestPipeline(services);
        requestDurations = new RequestDurations(services.metrics().registry());
        handlers = handlers(services);
        this.origins = origins;
        this.hosts = hosts;
        isDevelopment = services.tokenVerifier().config().isDevelopment();
    }

    public Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route()
                .handler(requestDurations::start)
                .handler(this::requireHost)
                .handler(new Cors(origins))
                .failureHandler(ctx -> ApiResponse.of(toProblem(ctx)).send(ctx));
        apiDocs().mount(router);
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
        router.errorHandler(400, ctx -> ApiResponse.of(invalidPath()).send(ctx));
        router.errorHandler(
                404,
                ctx -> ApiResponse.of(Problem.notFound(
                                "path: " + ctx.normalizedPath() + " (expected: one that /api/docs shows)"))
                        .send(ctx));
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

    /// The handler of each operation, by its operation id.
    static Map<String, RequestAction.Handler> handlers(RestServices services) {
        var writes = new OrderWrites(services);
        var reads = new OrderReads(services);
        var businesses = new Businesses(services);
        var drivers = new Drivers(services);
        var products = new Products(services);
        var messages = new Notifications(services);
        var queues = new QueueReads(services);
        var credentials = new Tokens(services);
        var figures = new HealthAndMetrics(services);
        return Map.ofEntries(
                entry("placeOrder", writes::place),
                entry("listOrders", reads::list),
                entry("listActiveOrders", reads::active),
                entry("readOrder", reads::read),
                entry("trackOrder", new OrderTracking(services)::track),
                entry("listOrderEvents", reads::events),
                entry("readRoute", new RouteReads(services)::route),
                entry("changeOrderStatus", writes::changeStatus),
                entry("assignDriver", writes::assign),
                entry("confirmPayment", writes::pay),
                entry("cancelOrder", writes::cancel),
                entry("readBusiness", businesses::read),
                entry("describeBusiness", businesses::describe),
                entry("changeBusiness", businesses::change),
                entry("openOrCloseBusiness", businesses::openOrClose),
                entry("listProducts", products::list),
                entry("replaceProducts", products::replace),
                entry("listProductsOfStore", products::listOfStore),
                entry("replaceProductsOfStore", products::replaceOfStore),
                entry("listDrivers", drivers::list),
                entry("listDriversNearby", drivers::nearby),
                entry("reportPositions", drivers::report),
                entry("changeDriverStatus", drivers::changeStatus),
                entry("makeOffer", messages::makeCoupon),
                entry("notifyUser", messages::notifyUser),
                entry("registerDevice", messages::registerDevice),
                entry("forgetDevice", messages::deleteDevice),
                entry("searchLog", new LogReads(services)::search),
                entry("listQueues", queues::list),
                entry("readQueue", queues::read),
                entry("listReceipts", queues::confirmations),
                entry("issueToken", credentials::issue),
                entry("revokeUser", credentials::revoke),
                entry("readSocketStatus", figures::status),
                entry("readSocketMetrics", figures::metrics),
                entry("readMetrics", figures::prometheus),
                entry("readHealth", figures::health),
                entry("readReadiness", figures::ready),
                entry("readLiveness", figures::live));
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

    private static Problem toProblem(RoutingContext ctx) {
        return switch (ctx.failure()) {
            case null -> routingProblem(ctx);
            case VertxException _ when ctx.statusCode() == 400 -> Problem.invalidHost();
            case HttpException e when e.getStatusCode() == 400 -> invalidPath();
            case Throwable cause -> RequestPipeline.toProblem(cause);
        };
    }

    /// The router rejects a request without a valid path, and gives no reason.
    private static Problem routingProblem(RoutingContext ctx) {
        return ctx.statusCode() >= 400 && ctx.statusCode() < 500
                ? Problem.invalid("request", "request: cannot be routed (expected: a method, a path and a Host)")
                : RequestPipeline.toProblem(new IllegalStateException("a request failed with " + ctx.statusCode()));
    }
}
