package waybill.server.push;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends the requests to push services: each with a limit on its time, from the request to the last byte of the
/// response, and on the bytes of the response. Redirects are not followed, since a request carries a credential.
/// Thread-safe.
final class PushRequests implements AutoCloseable {

    static final Duration TIMEOUT = Duration.ofSeconds(15);

    static final int RESPONSE_BYTES_MAX = 64 << 10;

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

    private final HttpClient http;
    private final InstantSource clock;
    private final Duration timeout;

    PushRequests(InstantSource clock, Duration timeout) {
        this.clock = clock;
        this.timeout = timeout;
        http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
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
    }

    CompletableFuture<Answer> send(HttpRequest.Builder request) {
        var exchange = http.sendAsync(
                request.timeout(timeout).build(),
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), RESPONSE_BYTES_MAX));
        var answer = exchange.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .<Answer>thenApply(
                        response -> new Answer.Response(response.statusCode(), response.body(), retryAfter(response)))
                .exceptionally(error -> new Answer.NoResponse(describe(error)));
        return answer.whenComplete((_, _) -> exchange.cancel(true)); // or a slow service would go on
    }

    private String describe(Throwable error) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof TimeoutException || cause instanceof java.net.http.HttpTimeoutException
                ? "no response in " + timeout.toMillis() + " ms"
                : "no response: " + cause.getClass().getSimpleName();
    }

    private Optional<Duration> retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .flatMap(this::parse)
                .map(wait -> wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait);
    }

    /// Seconds, or a date.
    private Optional<Duration> parse(String value) {
        var text = value.strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            var wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
