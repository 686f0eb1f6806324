package waybill.server.rest.http;

import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.UserId;
import waybill.server.rest.contract.Operation;

/// Logs requests that change something: the user and the status.
final class RequestLog {

    private static final Logger REQUESTS = LoggerFactory.getLogger("waybill.requests");

    private static final String USER = "by";
    private static final int EXCERPT_MAX = 200;

    private RequestLog() {}

    /// Logs the request when it is answered, if it may change something.
    static void addTo(RoutingContext ctx, Operation operation) {
        if (!operation.isRead() && REQUESTS.isInfoEnabled()) {
            ctx.addEndHandler(_ -> logWrite(ctx));
        }
    }

    static void setUser(RoutingContext ctx, UserId user) {
        ctx.put(USER, user);
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
}
