package waybill.server.rest.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.order.Decision.Reason;

/// An error response: problem details (RFC 9457) with one of the hub's codes, and the field at fault. The title is the
/// standard reason phrase of the status.
public final class Problem extends RuntimeException {

    private static final String INVALID = "Bad Request";
    private static final String FORBIDDEN = "Forbidden";
    private static final String NOT_FOUND = "Not Found";
    private static final String CONFLICT = "Conflict";
    private static final String TOO_LARGE = "Content Too Large";

    private final int status;
    private final String code;
    private final String title;
    private final @Nullable String field;
    private final Duration retryAfter;
    private final Map<String, String> headers;

    private Problem(
            int status,
            String code,
            String title,
            String detail,
            @Nullable String field,
            Duration retryAfter,
            Map<String, String> headers) {
        super(detail, null, false, false); // an error of the caller, so it has no stack trace
        this.status = status;
        this.code = code;
        this.title = title;
        this.field = field;
        this.retryAfter = retryAfter;
        this.headers = headers;
    }

    private static Problem of(int status, String code, String title, String detail, @Nullable String field) {
        return new Problem(status, code, title, detail, field, Duration.ZERO, Map.of());
    }

    public static Problem invalid(String field, String detail) {
        return of(400, "invalid", INVALID, detail, field);
    }

    /// 401 with a challenge.
    ///
    /// @param challenge the value of `WWW-Authenticate` (RFC 6750)
    public static Problem unauthenticated(String detail, String challenge) {
        return new Problem(
                401,
                "unauthenticated",
                "Unauthorized",
                detail,
                "Authorization",
                Duration.ZERO,
                Map.of("www-authenticate", challenge));
    }

    public static Problem forbidden(String detail) {
        return of(403, "forbidden", FORBIDDEN, detail, null);
    }

    public static Problem notFound(String detail) {
        return of(404, "not_found", NOT_FOUND, detail, null);
    }

    public static Problem wrongMethod(String method, Set<String> allowed) {
        var methods = String.join(", ", allowed);
        return new Problem(
                405,
                "invalid",
                "Method Not Allowed",
                "method: " + method + " (expected: " + methods + ")",
                null,
                Duration.ZERO,
                Map.of("allow", methods));
    }

    public static Problem notAcceptable(Set<String> types) {
        return of(
                406,
                "invalid",
                "Not Acceptable",
                "Accept: no supported media type (expected: " + SchemaText.list(List.copyOf(types)) + ")",
                "Accept");
    }

    public static Problem conflict(String detail, @Nullable String field) {
        return of(409, "conflict", CONFLICT, detail, field);
    }

    public static Problem tooLarge(int bytesMax) {
        return of(413, "too_large", TOO_LARGE, "body: too many bytes (expected: 0.." + bytesMax + ")", "body");
    }

    public static Problem lineTooLong(int bytesMax) {
        return of(
                414,
                "too_large",
                "URI Too Long",
                "request line: more than " + bytesMax + " bytes (expected: method, path and query of at most "
                        + bytesMax + " bytes together; send a token in the Authorization header)",
                "path");
    }

    public static Problem headersTooLarge(int bytesMax) {
        return of(
                431,
                "too_large",
                "Request Header Fields Too Large",
                "headers: more than " + bytesMax + " bytes (expected: at most " + bytesMax + " bytes together)",
                "headers");
    }

    public static Problem unreadable() {
        return invalid("request", "request: malformed (expected: HTTP/1.1, RFC 9112)");
    }

    public static Problem tooSlow(Duration timeout) {
        return of(
                408,
                "invalid",
                "Request Timeout",
                "body: incomplete (expected: within " + timeout.toSeconds() + " s)",
                "body");
    }

    public static Problem rateLimited(String detail, Duration retryAfter) {
        return new Problem(429, "rate_limited", "Too Many Requests", detail, null, retryAfter, Map.of());
    }

    public static Problem invalidHost() {
        return invalid("Host", "Host: missing or invalid (expected: one name, such as localhost:9001)");
    }

    public static Problem forbiddenHost() {
        return of(
                403,
                "forbidden",
                FORBIDDEN,
                "host: not a name of this machine (expected: a name of this machine, such as localhost)",
                "Host");
    }

    public static Problem forbiddenProxy(String detail) {
        return of(403, "forbidden", FORBIDDEN, detail, null);
    }

    public static Problem forbiddenOrigin() {
        return of(
                403,
                "forbidden",
                FORBIDDEN,
                "origin: not allowed (expected: an allowed origin, or a page of this machine)",
                "Origin");
    }

    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "unavailable", "Service Unavailable", detail, null, retryAfter, Map.of());
    }

    public static Problem internalError() {
        return of(500, "unavailable", "Internal Server Error", "an error in the hub, which has been logged", null);
    }

    /// The problem of a rejected order command.
    public static Problem of(Reason reason, String message) {
        return switch (reason) {
            case NOT_FOUND -> notFound(message);
            case AMBIGUOUS, CONFLICT -> conflict(message, null);
            case WRONG_AMOUNT -> invalid("amount", message);
            case NOT_A_DRIVER -> invalid("driverId", message);
            case FORBIDDEN -> forbidden(message);
        };
    }

    /// A problem by one of the hub's codes.
    public static Problem of(String code, String message, @Nullable String field) {
        return switch (code) {
            case "forbidden" -> of(403, code, FORBIDDEN, message, field);
            case "not_found" -> of(404, code, NOT_FOUND, message, field);
            case "conflict" -> of(409, code, CONFLICT, message, field);
            case "too_large" -> of(413, code, TOO_LARGE, message, field);
            default -> of(400, "invalid", INVALID, message, field);
        };
    }

    public int status() {
        return status;
    }

    /// One of the hub's error codes.
    public String code() {
        return code;
    }

    public String title() {
        return title;
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /// The time to retry; zero if there is none.
    public Duration retryAfter() {
        return retryAfter;
    }

    /// Headers of the response besides the common ones.
    public Map<String, String> headers() {
        return headers;
    }
}
