package waybill.socketio.netty;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import waybill.socketio.packet.JsonWriter;

/// Why a request is refused because of a limit, and when it may be sent again.
///
/// @param status the HTTP status
/// @param reason under what it is counted
/// @param message what was too much and what was expected
/// @param retryAfterMs 0 where asking again does not help
record LimitRejection(HttpResponseStatus status, ReportedError.Reason reason, String message, long retryAfterMs) {

    private static final int FORBIDDEN = 4; // the one code of Engine.IO with a message of the server
    private static final int BAD_REQUEST = 3;
    private static final int MEMORY_RETRY_MS = 10_000;

    static final LimitRejection MEMORY = new LimitRejection(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            ReportedError.Reason.MEMORY,
            "memory: clients that have joined no namespace hold too much (expected: less)",
            MEMORY_RETRY_MS);

    static final LimitRejection BODY_TOO_LARGE = new LimitRejection(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            ReportedError.Reason.TOO_LARGE,
            "body: too large (expected: at most what maxPayload said, and less before a namespace is joined)",
            0);

    static LimitRejection tooMany(HttpResponseStatus status, String message, long retryAfterMs) {
        return new LimitRejection(status, ReportedError.Reason.TOO_MANY, message, retryAfterMs);
    }

    String json() {
        int code = retryAfterMs > 0 ? FORBIDDEN : BAD_REQUEST;
        return "{\"code\":" + code + ",\"message\":" + JsonWriter.json(message)
                + (retryAfterMs > 0 ? ",\"retryAfterMs\":" + retryAfterMs : "") + "}";
    }

    int retryAfterS() {
        return (int) Math.min(Integer.MAX_VALUE, (retryAfterMs + 999) / 1_000);
    }

    ReportedError error(@Nullable String address) {
        return new ReportedError(reason, message, Objects.requireNonNullElse(address, ""));
    }
}
