package waybill.cli.caps;

import java.time.Duration;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// The hub's response to an event.
public sealed interface AckResult {

    /// The event took effect, on disk if it concerns an order.
    record Accepted(boolean duplicate) implements AckResult {}

    /// The event was rejected and changed nothing.
    record Rejected(String code, String message, Duration retryAfter) implements AckResult {

        /// The hub is overloaded; the same event may succeed later.
        public boolean isTemporary() {
            return code.equals("unavailable") || code.equals("rate_limited");
        }

        /// Another client was first, or the order has changed.
        public boolean isConflict() {
            return code.equals("conflict");
        }
    }

    /// The retry delay when the hub gives none.
    Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Parses the argument of an ack. An ack without an argument is a success.
    static AckResult of(@Nullable Object argument) {
        if (!(argument instanceof JSONObject response) || response.optBoolean("ok", true)) {
            return new Accepted(argument instanceof JSONObject response && response.optBoolean("duplicate"));
        }
        var error = response.optJSONObject("error", new JSONObject());
        var retryAfterMs = error.optLong("retryAfterMs", RETRY_AFTER.toMillis());
        return new Rejected(
                error.optString("code", "unknown"), error.optString("message"), Duration.ofMillis(retryAfterMs));
    }
}
