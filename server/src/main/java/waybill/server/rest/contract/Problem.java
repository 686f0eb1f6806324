package waybill.server.rest.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.blob.BlobType;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;

/// An error response: problem details (RFC 9457) with one of the hub's codes, and the field at fault. The title is the
/// standard reason phrase of the status.
public final class Problem extends RuntimeException {

    private final Refusal refusal;
    private final int status;
    private final String title;
    private final Map<String, String> headers;

    private Problem(Refusal refusal, int status, String title, Map<String, String> headers) {
        super(refusal.message(), null, false, false); // an error of the caller, so it has no stack trace
        this.refusal = refusal;
        this.status = status;
        this.title = title;
        this.headers = headers;
    }

    /// The problem of a refusal, with the status of its code.
    public static Problem of(Refusal refusal) {
        return of(refusal, Map.of());
    }

    private static Problem of(Refusal refusal, Map<String, String> headers) {
        return switch (refusal.code()) {
            case INVALID -> new Problem(refusal, 400, "Bad Request", headers);
            case UNAUTHENTICATED -> new Problem(refusal, 401, "Unauthorized", headers);
            case FORBIDDEN -> new Problem(refusal, 403, "Forbidden", headers);
            case NOT_FOUND -> new Problem(refusal, 404, "Not Found", headers);
            case CONFLICT -> new Problem(refusal, 409, "Conflict", headers);
            case TOO_LARGE -> new Problem(refusal, 413, "Content Too Large", headers);
            case RATE_LIMITED -> new Problem(refusal, 429, "Too Many Requests", headers);
            case INTERNAL -> new Problem(refusal, 500, "Internal Server Error", headers);
            case UNAVAILABLE -> new Problem(refusal, 503, "Service Unavailable", headers);
        };
    }

    public static Problem invalid(String field, String detail) {
        return of(Refusal.invalid(field, detail));
    }

    /// 401 with a challenge.
    ///
    /// @param challenge the value of `WWW-Authenticate` (RFC 6750)
    public static Problem unauthenticated(String detail, String challenge) {
        return of(
                Refusal.of(ErrorCode.UNAUTHENTICATED, detail, "Authorization"), Map.of("www-authenticate", challenge));
    }

    public static Problem forbidden(String detail) {
        return of(Refusal.forbidden(detail));
    }

    public static Problem notFound(String detail) {
        return of(Refusal.notFound(detail));
    }

    public static Problem wrongMethod(String method, Set<String> allowed) {
        var methods = String.join(", ", allowed);
        return new Problem(
                Refusal.of(ErrorCode.INVALID, "method: " + method + " (expected: " + methods + ")"),
                405,
                "Method Not Allowed",
                Map.of("allow", methods));
    }

    public static Problem notAcceptable(Set<String> types) {
        return new Problem(
                Refusal.invalid(
                        "Accept",
                        "Accept: no supported media type (expected: " + SchemaText.list(List.copyOf(types)) + ")"),
                406,
                "Not Acceptable",
                Map.of());
    }

    public static Problem conflict(String detail, @Nullable String field) {
        return of(Refusal.of(ErrorCode.CONFLICT, detail, field));
    }

    public static Problem tooLarge(int bytesMax) {
        return of(Refusal.of(ErrorCode.TOO_LARGE, "body: too many bytes (expected: 0.." + bytesMax + ")", "body"));
    }

    public static Problem unsupportedType(@Nullable String mediaType) {
        return new Problem(
                Refusal.invalid(
                        "Content-Type",
                        "Content-Type: " + (mediaType == null ? "missing" : SchemaText.quoted(mediaType))
                                + " (expected: " + BlobType.mediaTypes() + ")"),
                415,
                "Unsupported Media Type",
                Map.of());
    }

    public static Problem lineTooLong(int bytesMax) {
        return new Problem(
                Refusal.of(
                        ErrorCode.TOO_LARGE,
                        "request line: more than " + bytesMax + " bytes (expected: method, path and query of at most "
                                + bytesMax + " bytes together; send a token in the Authorization header)",
                        "path"),
                414,
                "URI Too Long",
                Map.of());
    }

    public static Problem headersTooLarge(int bytesMax) {
        return new Problem(
                Refusal.of(
                        ErrorCode.TOO_LARGE,
                        "headers: more than " + bytesMax + " bytes (expected: at most " + bytesMax + " bytes together)",
                        "headers"),
                431,
                "Request Header Fields Too Large",
                Map.of());
    }

    public static Problem unreadable() {
        return invalid("request", "request: malformed (expected: HTTP/1.1, RFC 9112)");
    }

    public static Problem tooSlow(Duration timeout) {
        return new Problem(
                Refusal.invalid("body", "body: incomplete (expected: within " + timeout.toSeconds() + " s)"),
                408,
                "Request Timeout",
                Map.of());
    }

    public static Problem rateLimited(String detail, Duration retryAfter) {
        return of(Refusal.rateLimited(detail, retryAfter));
    }

    public static Problem invalidHost() {
        return invalid("Host", "Host: missing or invalid (expected: one name, such as localhost:9001)");
    }

    public static Problem forbiddenHost() {
        return of(Refusal.of(
                ErrorCode.FORBIDDEN,
                "host: not a name of this machine (expected: a name of this machine, such as localhost)",
                "Host"));
    }

    public static Problem forbiddenOrigin() {
        return of(Refusal.of(
                ErrorCode.FORBIDDEN,
                "origin: not allowed (expected: an allowed origin, or a page of this machine)",
                "Origin"));
    }

    public static Problem unavailable(String detail, Duration retryAfter) {
        return of(Refusal.unavailable(detail, retryAfter));
    }

    public Refusal refusal() {
        return refusal;
    }

    public int status() {
        return status;
    }

    /// One of the hub's error codes.
    public String code() {
        return refusal.code().wireName();
    }

    public String title() {
        return title;
    }

    public Optional<String> field() {
        return refusal.field();
    }

    /// The time to retry; zero if there is none.
    public Duration retryAfter() {
        return refusal.retryAfter();
    }

    /// Headers of the response besides the common ones.
    public Map<String, String> headers() {
        return headers;
    }
}
