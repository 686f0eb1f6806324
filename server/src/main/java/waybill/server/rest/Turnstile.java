package waybill.server.rest;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Relation;
import waybill.server.identity.Bearer;
import waybill.server.identity.Identity;
import waybill.server.identity.Verification;
import waybill.server.identity.Verification.Known;
import waybill.server.identity.Verification.Refused;

/// Stands before the routes in secured mode: what is under `/api` shows everybody's events, so it is answered to those
/// alone who may read the whole log.
public record Turnstile(Identity identity) {

    /// The routes, with the turnstile in front.
    public Function<Vertx, Router> before(Function<Vertx, Router> routes) {
        return vertx -> {
            var router = Router.router(vertx);
            router.route("/api/*").handler(this::check);
            router.route("/*").subRouter(routes.apply(vertx));
            return router;
        };
    }

    private void check(RoutingContext ctx) {
        if (ctx.request().method().equals(HttpMethod.OPTIONS)) { // a browser asks without a token whether it may ask
            ctx.next();
            return;
        }
        var loop = ctx.vertx().getOrCreateContext();
        identity.verify(Bearer.in(ctx.request().getHeader("authorization")))
                .thenAccept(verification -> loop.runOnContext(_ -> pass(ctx, verification)));
    }

    private static void pass(RoutingContext ctx, Verification verification) {
        switch (verification) {
            case Known(var who, var _, var _) -> {
                if (Access.allows(who.role(), Action.VIEW_LOG, Relation.NONE)) {
                    ctx.next();
                } else {
                    refuse(ctx, 403, "forbidden", "role: " + who.role().word() + " (expected: admin or support)");
                }
            }
            case Refused refused ->
                refuse(ctx, refused.retryAfter().isPresent() ? 503 : 401, refused.code(), refused.message());
        }
    }

    private static void refuse(RoutingContext ctx, int status, String code, String detail) {
        var body = new JsonObject()
                .put("type", "about:blank")
                .put("title", "You may not ask this")
                .put("status", status)
                .put("detail", detail)
                .put("code", code);
        var response = ctx.response().setStatusCode(status).putHeader("content-type", "application/problem+json");
        if (status == 401) {
            response.putHeader("www-authenticate", "Bearer");
        }
        response.end(body.encode());
    }
}
