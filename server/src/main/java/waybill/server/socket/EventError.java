package waybill.server.socket;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.journal.UnavailableException;
import waybill.order.Decision.Reason;
import waybill.server.dialect.ClientMessage;
import waybill.server.dialect.caps.CapsMessage.Malformed;
import waybill.server.dialect.write.JsonObjectWriter;

/// The error of an event, as its client receives it: `{code, message, field?, retryAfterMs?}`.
public record EventError(
        String code, String message, @Nullable String field, long retryAfterMs) {

    private static final Logger LOG = LoggerFactory.getLogger(EventError.class);

    private static final long BUSY_RETRY_MS = 1_000;

    public static EventError of(Malformed malformed) {
        return new EventError("invalid", malformed.message(), malformed.field(), 0);
    }

    public static EventError of(ClientMessage.Malformed malformed) {
        return new EventError("invalid", malformed.message(), malformed.field(), 0);
    }

    public static EventError invalid(String field, String message) {
        return new EventError("invalid", message, field, 0);
    }

    public static EventError of(Reason reason, String message) {
        return switch (reason) {
            case NOT_FOUND -> new EventError("not_found", message, null, 0);
            case CONFLICT -> new EventError("conflict", message, null, 0);
            case FORBIDDEN -> new EventError("forbidden", message, null, 0);
            case WRONG_AMOUNT -> new EventError("invalid", message, "amount", 0);
            case NOT_A_DRIVER -> new EventError("invalid", message, "driverId", 0);
            case AMBIGUOUS -> new EventError("invalid", message, "clientId", 0);
        };
    }

    public static EventError of(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof UnavailableException unavailable) {
            return new EventError(
                    "unavailable",
                    unavailable.getMessage() == null ? "not now" : unavailable.getMessage(),
                    null,
                    unavailable.retryAfter().toMillis());
        }
        LOG.error("an event could not be handled", cause);
        return new EventError("unavailable", "an error in the hub, which has been logged", null, 0);
    }

    public static EventError rateLimited(String what, long retryAfterMs) {
        return new EventError("rate_limited", what + ": too many (expected: none for a while)", null, retryAfterMs);
    }

    /// The last answer to a client that goes on and on.
    static EventError tooManyRejected() {
        return new EventError(
                "rate_limited",
                "events: so many were refused that the connection is closed (expected: fewer in a second)",
                null,
                0);
    }

    public static EventError forbidden(String message) {
        return new EventError("forbidden", message, null, 0);
    }

    public static EventError unauthenticated() {
        return new EventError("unauthenticated", "user: unknown (expected: register, or a token)", null, 0);
    }

    public static EventError notFound(String message) {
        return new EventError("not_found", message, null, 0);
    }

    /// The queue of the journal is full.
    public static EventError busy() {
        return new EventError("unavailable", "too many reads wait (expected: fewer)", null, BUSY_RETRY_MS);
    }

    public static EventError tooLarge(String message) {
        return new EventError("too_large", message, "clientId", 0);
    }

    /// As a JSON object; `event`, if given, is the client's event.
    String json(@Nullable String event) {
        var json = new StringBuilder("{\"code\":\"").append(code).append("\",\"message\":");
        json.append(JsonObjectWriter.quote(message));
        if (field != null) {
            json.append(",\"field\":").append(JsonObjectWriter.quote(field));
        }
        if (retryAfterMs > 0) {
            json.append(",\"retryAfterMs\":").append(retryAfterMs);
        }
        if (event != null) {
            json.append(",\"event\":").append(JsonObjectWriter.quote(event));
        }
        return json.append('}').toString();
    }
}
