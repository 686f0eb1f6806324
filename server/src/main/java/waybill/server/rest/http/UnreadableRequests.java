package waybill.server.rest.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import waybill.server.rest.contract.Problem;

/// Responds to bytes that the HTTP codec could not parse as a request, and closes their connection, because the
/// bytes behind them have no known start. The codec stops at a limit, so the response names the limit, not the
/// size.
public final class UnreadableRequests implements Handler<HttpServerRequest> {

    private final int lineMax;
    private final int headersMax;

    public UnreadableRequests(HttpServerOptions options) {
        lineMax = options.getMaxInitialLineLength();
        headersMax = options.getMaxHeaderSize();
    }

    @Override
    public void handle(HttpServerRequest request) {
        var reply = ApiResponse.of(problem(request.decoderResult().cause()));
        request.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", reply.contentType())
                .putHeader("cache-control", "no-store")
                .putHeader("connection", "close")
                .end(reply.body() + "\n");
    }

    private Problem problem(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> Problem.lineTooLong(lineMax);
            case TooLongHttpHeaderException _ -> Problem.headersTooLarge(headersMax);
            default -> Problem.unreadable();
        };
    }
}
