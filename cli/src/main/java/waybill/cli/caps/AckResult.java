package waybill.cli.caps;

import java.time.Duration;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// What the hub answered.
public sealed interface AckResult {

    /// Done, and on disk if it was about an order.
    record Accepted(boolean duplicate) implements AckResult {}

    /// Refused, and nothing has changed.
    record Rejected(String code, String message, Duration retryAfter) implements AckResult {

        /// The hub has no room just now; the same words may succeed later.
        public boolean isTemporary() {
            return code.equals("unavailable") || code.equals("rate_limited");
        }

        /// Somebody else was first, or the order has moved on.
        public boolean isConflict() {
            return code.equals("conflict");
        }
    }

    /// How long to wait when the hub does not say.
    Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Reads the argument of an acknowledgement. A hub that answers without saying more has done what it was asked.
    static AckResult of(@Nullable Object argument) {
        if (!(argument instanceof JSONObject answer) || answer.optBoolean("ok", true)) {
            return new Accepted(argument instanceof JSONObject answer && answer.optBoolean("duplicate"));
        }
        var error = answer.optJSONObject("error", new JSONObject());
        var retryAfterMs = error.optLong("retryAfterMs", RETRY_AFTER.toMillis());
        return new Rejected(
                error.optString("code", "unknown"), error.optString("message"), Duration.ofMillis(retryAfterMs));
    }
}
