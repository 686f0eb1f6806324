package waybill.server.rest;

import static java.util.Map.entry;

import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.TrustedProxies;

/// Every route: what the contract names, bound to who does it. Safe from any thread: each event loop has a
/// router of its own, and all of them lead here.
public final class Routes {

    private final Contract contract = Contract.read();
    private final Manual manual = new Manual(contract);
    private final Desk desk;
    private final RequestTimes times;
    private final Map<String, Doing.Handling> handlings;
    private final PageOrigins origins;
    private final Predicate<@Nullable String> hosts;
    private final boolean isDevelopment;

    /// @param origins which web pages may ask
    /// @param hosts by which names the hub may be called
    public Routes(RestServices services, PageOrigins origins, Predicate<@Nullable String> hosts) {
        desk = new Desk(services);
        times = new RequestTimes(services.meters().registry());
        handlings = handlings(services);
        this.origins = origins;
        this.hosts = hosts;
        isDevelopment = services.identity().config().isDevelopment();
    }

    public Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route()
                .handler(times::begin)
                .handler(this::requireHost)
                .handler(new Cors(origins))
                .failureHandler(ctx -> failed(ctx).reply().send(ctx));
        manual.mount(router);
        for (var operation : contract.operations()) {
            var handling = handlings.get(operation.id());
            if (handling == null) {
                throw new IllegalStateException(
                        operation.id() + ": nobody does it (expected: what the contract names)");
            }
            for (var path : operation.paths()) {
                var route = router.route(operation.method(), path);
                if (operation.answerTypes().size() > 1) {
                    operation.answerTypes().forEach(route::produces);
                }
                route.handler(times.noting(operation)).handler(desk.serving(operation, handling));
            }
        }
        router.errorHandler(400, ctx -> undecodable().reply().send(ctx));
        router.errorHandler(
                404,
                ctx -> Problem.notFound("path: " + ctx.normalizedPath() + " (expected: one that /api/docs shows)")
                        .reply()
                        .send(ctx));
        router.errorHandler(405, ctx -> wrongMethod(ctx).reply().send(ctx));
        router.errorHandler(
                406,
                ctx -> Problem.notAcceptable(contract.answerTypesAt(ctx.normalizedPath()))
                        .reply()
                        .send(ctx));
        return router;
    }

    /// Who does what the contract names, by its operation id.
    static Map<String, Doing.Handling> handlings(RestServices services) {
        var writes = new OrderWrites(services);
        var reads = new OrderReads(services);
        var businesses = new Businesses(services);
        var drivers = new Drivers(services);
        var products = new Products(services);
        var messages = new Messages(services);
        var queues = new QueueReads(services);
        var credentials = new Credentials(services);
        var figures = new Figures(services);
        return Map.ofEntries(
                entry("placeOrder", writes::place),
                entry("listOrders", reads::list),
                entry("listActiveOrders", reads::active),
                entry("readOrder", reads::one),
                entry("trackOrder", new Tracking(services)::track),
                entry("listOrderEvents", reads::events),
                entry("readRoute", reads::route),
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
                entry("makeOffer", messages::offer),
                entry("notifyUser", messages::notify),
                entry("registerDevice", messages::registerDevice),
                entry("forgetDevice", messages::forgetDevice),
                entry("searchLog", new LogReads(services)::search),
                entry("listQueues", queues::all),
                entry("readQueue", queues::one),
                entry("listReceipts", queues::receipts),
                entry("issueToken", credentials::issue),
                entry("revokeUser", credentials::revoke),
                entry("readSocketStatus", figures::status),
                entry("readSocketMetrics", figures::metrics),
                entry("readMetrics", figures::exposition),
                entry("readHealth", figures::health),
                entry("readReadiness", figures::ready),
                entry("readLiveness", figures::live));
    }

    private void requireHost(RoutingContext ctx) {
        if (ctx.request().headers().getAll("host").size() > 1) {
            throw Problem.badHost();
        }
        if (!hosts.test(ctx.request().getHeader("host"))) {
            throw Problem.forbiddenHost();
        }
        if (isDevelopment) {
            TrustedProxies.objection(ctx.request()::getHeader).ifPresent(objection -> {
                throw Problem.forbiddenProxy(objection);
            });
        }
        ctx.next();
    }

    private Problem wrongMethod(RoutingContext ctx) {
        return Problem.wrongMethod(ctx.request().method().name(), contract.methodsAt(ctx.normalizedPath()));
    }

    private static Problem undecodable() {
        return Problem.invalid("path", "path: cannot be decoded (expected: percent-encoded UTF-8)");
    }

    private static Problem failed(RoutingContext ctx) {
        return switch (ctx.failure()) {
            case null -> refusedBefore(ctx);
            case VertxException _ when ctx.statusCode() == 400 -> Problem.badHost();
            case HttpException e when e.getStatusCode() == 400 -> undecodable();
            case Throwable cause -> Desk.problem(cause);
        };
    }

    /// The router refuses what is no request to a path, and gives no reason.
    private static Problem refusedBefore(RoutingContext ctx) {
        return ctx.statusCode() >= 400 && ctx.statusCode() < 500
                ? Problem.invalid("request", "request: cannot be routed (expected: a method, a path and a Host)")
                : Desk.problem(new IllegalStateException("a request failed with " + ctx.statusCode()));
    }
}
