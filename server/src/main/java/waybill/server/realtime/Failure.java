package waybill.server.realtime;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.Decision.Reason;
import waybill.order.Unavailable;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.CapsHeard.Malformed;
import waybill.server.dialect.Heard;

/// Why something was not done, as a client is told: `{code, message, field?, retryAfterMs?}`.
record Failure(String code, String message, @Nullable String field, long retryAfterMs) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private static final long BUSY_RETRY_MS = 1_000;

    static Failure of(Malformed malformed) {
        return new Failure("invalid", malformed.message(), malformed.field(), 0);
    }

    static Failure of(Heard.Malformed malformed) {
        return new Failure("invalid", malformed.message(), malformed.field(), 0);
    }

    static Failure invalid(String field, String message) {
        return new Failure("invalid", message, field, 0);
    }

    static Failure of(Reason reason, String message) {
        return switch (reason) {
            case NOT_FOUND -> new Failure("not_found", message, null, 0);
            case CONFLICT -> new Failure("conflict", message, null, 0);
            case FORBIDDEN -> new Failure("forbidden", message, null, 0);
            case WRONG_AMOUNT -> new Failure("invalid", message, "amount", 0);
            case NO_DRIVER -> new Failure("invalid", message, "driverId", 0);
            case AMBIGUOUS -> new Failure("invalid", message, "clientId", 0);
        };
    }

    static Failure of(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Unavailable unavailable) {
            return new Failure(
                    "unavailable",
                    unavailable.getMessage() == null ? "not now" : unavailable.getMessage(),
                    null,
                    unavailable.retryAfter().toMillis());
        }
        LOG.error("an event could not be handled", cause);
        return new Failure("unavailable", "an error of the hub, which has been logged", null, 0);
    }

    static Failure rateLimited(String what, long retryAfterMs) {
        return new Failure("rate_limited", what + ": too many (expected: none for a while)", null, retryAfterMs);
    }

    static Failure forbidden(String message) {
        return new Failure("forbidden", message, null, 0);
    }

    static Failure unauthenticated() {
        return new Failure("unauthenticated", "nobody has said who you are (expected: register, or a token)", null, 0);
    }

    static Failure notFound(String message) {
        return new Failure("not_found", message, null, 0);
    }

    /// Too much waits for the disk.
    static Failure busy() {
        return new Failure("unavailable", "too many reads wait (expected: fewer)", null, BUSY_RETRY_MS);
    }

    static Failure tooLarge(String message) {
        return new Failure("too_large", message, "clientId", 0);
    }

    /// As a JSON object; `event`, if given, is what the client had said.
    String json(@Nullable String event) {
        var json = new StringBuilder("{\"code\":\"").append(code).append("\",\"message\":");
        json.append(CapsDialect.quoted(message));
        if (field != null) {
            json.append(",\"field\":").append(CapsDialect.quoted(field));
        }
        if (retryAfterMs > 0) {
            json.append(",\"retryAfterMs\":").append(retryAfterMs);
        }
        if (event != null) {
            json.append(",\"event\":").append(CapsDialect.quoted(event));
        }
        return json.append('}').toString();
    }
}
