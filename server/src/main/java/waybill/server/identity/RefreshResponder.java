package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import waybill.socketio.Ack;
import waybill.socketio.Socket;

/// The response to `auth:refresh`: its ack if the client requested one, and otherwise an `error` event for a
/// failure.
record RefreshResponder(Socket socket, Ack ack) {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    void ok(Optional<Instant> expiresAt) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ok", true);
        expiresAt.ifPresent(at -> answer.put("expiresAt", TIME.format(at)));
        ack.send(answer);
    }

    void failed(String code, String message, Duration retryAfter) {
        var error = new LinkedHashMap<String, Object>();
        error.put("code", code);
        error.put("message", message);
        if (retryAfter.isPositive()) {
            error.put("retryAfterMs", retryAfter.toMillis());
        }
        if (ack.isRequested()) {
            ack.send(Map.of("ok", false, "error", error));
        } else {
            error.put("event", "auth:refresh");
            socket.emit("error", error);
        }
    }
}
