package waybill.server.rest.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import waybill.server.rest.contract.Problem;

/// Answers bytes that the HTTP codec could not read as a request, and closes their connection: what comes behind them
/// cannot be told from the rest of them. The codec stops reading at a limit, so the answer says that more came than
/// that, not how much.
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
