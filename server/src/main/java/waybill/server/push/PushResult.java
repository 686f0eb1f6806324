package waybill.server.push;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a push service made of a message. A reason never holds the token of a device or a credential.
public sealed interface PushResult {

    /// The service has taken it.
    record Sent() implements PushResult {}

    /// The device has no such subscription any more: it must be deleted.
    record Gone(String reason) implements PushResult {}

    /// It may succeed later.
    record Failed(String reason, @Nullable Duration retryAfterOrNone) implements PushResult {

        Failed(String reason) {
            this(reason, null);
        }

        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfterOrNone);
        }
    }

    /// It would never succeed.
    record Rejected(String reason) implements PushResult {}
}
