package waybill.cli.caps;

import java.time.Duration;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// What the hub answered.
public sealed interface Answer {

    /// Done, and on disk if it was about an order.
    record Done(boolean duplicate) implements Answer {}

    /// Refused, and nothing has changed.
    record Refused(String code, String message, Duration retryAfter) implements Answer {

        /// The hub has no room just now; the same words may succeed later.
        public boolean isPassing() {
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
    static Answer of(@Nullable Object argument) {
        if (!(argument instanceof JSONObject answer) || answer.optBoolean("ok", true)) {
            return new Done(argument instanceof JSONObject answer && answer.optBoolean("duplicate"));
        }
        var error = answer.optJSONObject("error", new JSONObject());
        var retryAfterMs = error.optLong("retryAfterMs", RETRY_AFTER.toMillis());
        return new Refused(
                error.optString("code", "unknown"), error.optString("message"), Duration.ofMillis(retryAfterMs));
    }
}
