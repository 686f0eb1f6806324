package waybill.server.rest;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What went wrong, as its caller is told: problem details with one of the hub's codes, and the field at fault.
final class Problem extends RuntimeException {

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable String field;
    private final Duration retryAfter;

    private Problem(int status, String code, String title, String detail, @Nullable String field, Duration retryAfter) {
        super(detail, null, false, false); // the caller's mistake, so it must stay cheap
        this.status = status;
        this.code = code;
        this.title = title;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    static Problem invalid(String field, String detail) {
        return new Problem(400, "invalid", "The request cannot be understood", detail, field, Duration.ZERO);
    }

    static Problem notFound(String path) {
        return new Problem(404, "not_found", "There is nothing here", "path: " + path, null, Duration.ZERO);
    }

    static Problem wrongMethod(String method) {
        return new Problem(
                405,
                "invalid",
                "It cannot be done this way",
                "method: " + method + " (expected: GET)",
                null,
                Duration.ZERO);
    }

    static Problem forbiddenHost() {
        return new Problem(
                403,
                "forbidden",
                "The hub does not answer to this name",
                "host: not this machine's (expected: a name of this machine, such as localhost)",
                "Host",
                Duration.ZERO);
    }

    static Problem forbiddenOrigin() {
        return new Problem(
                403,
                "forbidden",
                "This page may not ask",
                "origin: not on the list (expected: an allowed origin, or a page of this machine)",
                "Origin",
                Duration.ZERO);
    }

    static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "unavailable", "It cannot be done now", detail, null, retryAfter);
    }

    static Problem bug() {
        return new Problem(500, "unavailable", "An error of the hub", "it has been logged", null, Duration.ZERO);
    }

    void answer(RoutingContext ctx) {
        var body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", getMessage())
                .put("code", code);
        if (field != null) {
            body.put("field", field);
        }
        var response = ctx.response().setStatusCode(status).putHeader("content-type", "application/problem+json");
        if (retryAfter.isPositive()) {
            body.put("retryAfterMs", retryAfter.toMillis());
            response.putHeader("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.end(body.encode());
    }
}
