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

/// Reads what was sent along, once it is known that it is wanted: a request waits, unread, until then.
final class RequestBody {

    private final HttpServerRequest request;
    private final BodyMemoryLimit.Lease share;
    private final int bytesMax;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> whole = Promise.promise();

    private RequestBody(HttpServerRequest request, int bytesMax, BodyMemoryLimit.Lease share) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.share = share;
    }

    /// Whether a request says that something comes along.
    static boolean isAnnounced(HttpServerRequest request) {
        return request.headers().contains("transfer-encoding")
                || Optional.ofNullable(request.getHeader("content-length"))
                        .filter(length -> !length.equals("0"))
                        .isPresent();
    }

    /// Fails with a [Problem] once there are more than `bytesMax`, more than the share allows or too few of them within
    /// `timeout`; what comes after that is thrown away. The share is given back when the body is there, or is not.
    static Future<Buffer> load(
            Vertx vertx, HttpServerRequest request, int bytesMax, Duration timeout, BodyMemoryLimit.Lease share) {
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

    /// The length that the request says it has; 0 when it does not say, since Netty has refused what is no number.
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
        } else if (!share.acquire(part.length())) {
            whole.fail(Problem.unavailable(
                    "body: too many bytes are being sent at once (expected: fewer)", Duration.ofSeconds(1)));
        } else {
            body.appendBuffer(part);
        }
    }
}
