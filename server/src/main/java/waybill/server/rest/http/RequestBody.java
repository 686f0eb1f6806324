package waybill.server.rest.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import waybill.server.rest.contract.Problem;

/// Reads the body of a request after the checks that precede it: the request is paused until then.
final class RequestBody {

    private final HttpServerRequest request;
    private final MemoryLimit.Lease share;
    private final int bytesMax;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private RequestBody(HttpServerRequest request, int bytesMax, MemoryLimit.Lease share) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.share = share;
    }

    /// Whether the headers announce a body.
    static boolean isAnnounced(HttpServerRequest request) {
        return request.headers().contains("transfer-encoding")
                || Optional.ofNullable(request.getHeader("content-length"))
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    /// Fails with a [Problem] if the body has more than `bytesMax` bytes, exceeds the share, or is incomplete after
    /// `timeout`; the rest is discarded. The share is released when the body is complete, or has failed.
    static Future<Buffer> load(
            Vertx vertx, HttpServerRequest request, int bytesMax, Duration timeout, MemoryLimit.Lease share) {
        if (announced(request) > bytesMax) {
            return Future.failedFuture(Problem.tooLarge(bytesMax));
        }
        var body = new RequestBody(request, bytesMax, share);
        var timer = vertx.setTimer(timeout.toMillis(), _ -> body.whole.tryFail(Problem.tooSlow(timeout)));
        body.start();
        return body.whole.future().onComplete(_ -> {
            vertx.cancelTimer(timer);
            share.release();
        });
    }

    /// The `Content-Length`; 0 if absent, since Netty has rejected an invalid one.
    private static long announced(HttpServerRequest request) {
        try {
            return Optional.ofNullable(request.getHeader("content-length"))
                    .map(Long::parseLong)
                    .orElse(0L);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private void start() {
        request.handler(this::append);
        request.endHandler(_ -> whole.tryComplete(body));
        request.exceptionHandler(cause -> whole.tryFail(
                cause instanceof HttpClosedException
                        ? cause
                        : Problem.invalid("body", "body: cannot be read (expected: as HTTP/1.1 frames one)")));
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void append(Buffer part) {
        if (whole.future().isComplete()) {
            return;
        }
        if (body.length() + part.length() > bytesMax) {
            whole.fail(Problem.tooLarge(bytesMax));
        } else if (!share.tryHold(part.length())) {
            whole.fail(Problem.unavailable(
                    "body: too many bytes are being sent at once (expected: fewer)", Duration.ofSeconds(1)));
        } else {
            body.appendBuffer(part);
        }
    }
}
