package waybill.server.push;

import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import waybill.concurrent.Threads;
import waybill.server.outbound.AddressGuard;
import waybill.server.outbound.GuardedHttp;
import waybill.server.outbound.Resolver;

/// Sends the requests to push services: each with a limit on its time, from the request to the last byte of the
/// response, and on the bytes of the response. Redirects are not followed, since a request carries a credential.
/// Thread-safe.
final class PushRequests implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /// As many as the hub sends push messages at a time; most go to one service.
    private static final int CONNECTIONS_PER_SERVICE_MAX = 64;

    /// A service that asks for more time is asked again after this.
    static final Duration RETRY_AFTER_MAX = Duration.ofHours(1);

    static final int OK = 200;
    static final int REDIRECTS = 300;
    static final int ERRORS = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int TIMED_OUT = 408;
    static final int GONE = 410;
    static final int TOO_MANY = 429;
    static final int SERVER_ERRORS = 500;

    private static final int EXCERPT_MAX = 200;

    private final GuardedHttp http;

    PushRequests(GuardedHttp http) {
        this.http = http;
    }

    static PushRequests open(String threadName, AddressGuard guard, Threads threads, InstantSource clock) {
        return new PushRequests(
                new GuardedHttp(settings(threadName, guard, TIMEOUT), Resolver.ofMachine(), threads, clock));
    }

    static GuardedHttp.Settings settings(String threadName, AddressGuard guard, Duration timeout) {
        return new GuardedHttp.Settings(threadName, guard, timeout, CONNECTIONS_PER_SERVICE_MAX);
    }

    /// A response, or why there is none.
    sealed interface Answer {

        record Response(int status, String body, Optional<Duration> retryAfter) implements Answer {

            /// The status with the begin of the body, which helps an operator.
            String describe() {
                var text = body.strip().replaceAll("\\p{Cntrl}+", " ");
                return "status " + status
                        + (text.isEmpty() ? "" : ": " + text.substring(0, Math.min(text.length(), EXCERPT_MAX)));
            }
        }

        record NoResponse(String reason) implements Answer {}

        /// The service is in a private network, so nothing was sent.
        record Forbidden() implements Answer {}
    }

    CompletableFuture<Answer> post(URI url, Map<String, String> headers, byte[] body) {
        return http.post(new GuardedHttp.Request(url, headers, Buffer.buffer(body)))
                .thenApply(answer -> switch (answer) {
                    case GuardedHttp.Answer.Response response -> answer(response);
                    case GuardedHttp.Answer.NoResponse(var reason) -> new Answer.NoResponse(reason);
                    case GuardedHttp.Answer.Forbidden() -> new Answer.Forbidden();
                });
    }

    private static Answer answer(GuardedHttp.Answer.Response response) {
        return response.isCut()
                ? new Answer.NoResponse("a response of more than " + GuardedHttp.RESPONSE_BYTES_MAX + " bytes")
                : new Answer.Response(
                        response.status(),
                        response.body(),
                        response.retryAfter()
                                .map(wait -> wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait));
    }

    @Override
    public void close() {
        http.close();
    }
}
