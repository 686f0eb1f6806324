package waybill.server.webhook;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The header `Retry-After`. Only seconds count: a date is by the receiver's clock.
final class RetryAfter {

    private RetryAfter() {}

    static @Nullable Duration parse(@Nullable String header) {
        return header != null && header.strip().matches("\\d{1,9}")
                ? Duration.ofSeconds(Long.parseLong(header.strip()))
                : null;
    }
}
