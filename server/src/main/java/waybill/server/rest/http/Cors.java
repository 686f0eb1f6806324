package waybill.server.rest.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import waybill.server.rest.contract.Problem;

/// Allows requests of web pages of allowed origins, and rejects those of other pages. Requests without an `Origin`
/// pass.
public final class Cors implements Handler<RoutingContext> {

    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String HEADERS = "Authorization, Content-Type, Idempotency-Key";
    private static final String EXPOSED = "Idempotent-Replayed, Location, Retry-After, WWW-Authenticate";

    private final AllowedOrigins origins;

    public Cors(AllowedOrigins origins) {
        this.origins = origins;
    }

    @Override
    public void handle(RoutingContext ctx) {
        var origin = ctx.request().getHeader("origin");
        if (origin == null) {
            ctx.next();
            return;
        }
        if (!origins.allows(origin, ctx.request().getHeader("host"))) {
            throw Problem.forbiddenOrigin();
        }
        if (origins.isAny()) {
            ctx.response().putHeader("access-control-allow-origin", "*");
        } else {
            ctx.response()
                    .putHeader("access-control-allow-origin", origin)
                    .putHeader("access-control-allow-credentials", "true")
                    .putHeader("vary", "Origin");
        }
        if (ctx.request().method().equals(HttpMethod.OPTIONS)) {
            ctx.response()
                    .putHeader("access-control-allow-methods", METHODS)
                    .putHeader("access-control-allow-headers", HEADERS)
                    .putHeader("access-control-max-age", "600")
                    .setStatusCode(204)
                    .end();
            return;
        }
        ctx.response().putHeader("access-control-expose-headers", EXPOSED);
        ctx.next();
    }
}
