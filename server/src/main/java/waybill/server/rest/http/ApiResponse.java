package waybill.server.rest.http;

import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import waybill.server.rest.contract.Problem;

/// The response to a request.
public record ApiResponse(int status, String contentType, String body, Map<String, String> headers) {

    private static final String JSON = "application/json";

    /// What is encoded at a time.
    private static final int PIECE_CHARACTERS = 64 << 10;

    /// How long the rest of a rejected request is discarded before its connection is closed: a client whose
    /// connection is closed at once may not receive the response.
    private static final long LINGER_MS = 1_000;

    public ApiResponse {
        headers = Map.copyOf(headers);
    }

    public static ApiResponse json(int status, String json) {
        return new ApiResponse(status, JSON, json, Map.of());
    }

    public static ApiResponse ok(String json) {
        return json(200, json);
    }

    public static ApiResponse created(String json) {
        return json(201, json);
    }

    public static ApiResponse noContent() {
        return json(204, "");
    }

    /// The problem details of a rejected request.
    public static ApiResponse of(Problem problem) {
        var body = new JsonObject()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.getMessage())
                .put("code", problem.code());
        problem.field().ifPresent(field -> body.put("field", field));
        var headers = new HashMap<>(problem.headers());
        if (problem.retryAfter().isPositive()) {
            body.put("retryAfterMs", problem.retryAfter().toMillis());
            headers.put(
                    "retry-after",
                    Long.toString(problem.retryAfter().plusMillis(999).toSeconds()));
        }
        return new ApiResponse(problem.status(), "application/problem+json", body.encode(), headers);
    }

    public ApiResponse with(String header, String value) {
        var more = new HashMap<>(headers);
        more.put(header, value);
        return new ApiResponse(status, contentType, body, more);
    }

    /// Whether the request succeeded.
    boolean isSuccess() {
        return status < 400;
    }

    public void send(RoutingContext ctx) {
        send(ctx, encodedBody());
    }

    /// The body as it is sent: one buffer of its size, since that of a page is large.
    Buffer encodedBody() {
        var isLine = contentType.endsWith("json") && !body.isEmpty();
        var encoded = Buffer.buffer(ByteBufUtil.utf8Bytes(body) + (isLine ? 1 : 0));
        for (int from = 0, end; from < body.length(); from = end) {
            end = Math.min(body.length(), from + PIECE_CHARACTERS);
            if (end < body.length() && Character.isHighSurrogate(body.charAt(end - 1))) {
                end--;
            }
            encoded.appendString(body.substring(from, end));
        }
        return isLine ? encoded.appendByte((byte) '\n') : encoded;
    }

    void send(RoutingContext ctx, Buffer encoded) {
        var response = ctx.response();
        if (response.ended() || response.closed()) {
            return; // the client has disconnected
        }
        response.setStatusCode(status).putHeader("cache-control", "no-store");
        headers.forEach(response::putHeader);
        if (RequestBody.isAnnounced(ctx.request()) && !ctx.request().isEnded()) {
            if (ctx.request().version() == HttpVersion.HTTP_1_1) {
                response.putHeader("connection", "close");
            }
            ctx.vertx().setTimer(LINGER_MS, _ -> ctx.request().connection().close());
            ctx.request().resume();
        }
        if (encoded.length() == 0) {
            response.end();
        } else {
            response.putHeader("content-type", contentType);
            PacedBody.end(response, encoded);
        }
    }
}
