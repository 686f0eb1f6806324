package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;

/// What a token is worth.
public sealed interface Verification {

    /// It is genuine, and says who its bearer is.
    ///
    /// @param issuedAtOrNone when, if the token says so
    /// @param expiresAtOrNone from when on it is worth nothing, if it ever expires
    record Verified(
            Principal principal,
            @Nullable Instant issuedAtOrNone,
            @Nullable Instant expiresAtOrNone) implements Verification {

        public Optional<Instant> issuedAt() {
            return Optional.ofNullable(issuedAtOrNone);
        }

        public Optional<Instant> expiresAt() {
            return Optional.ofNullable(expiresAtOrNone);
        }
    }

    /// It is not believed. The message tells its bearer why, and never holds the token or a part of its signature.
    ///
    /// @param code `unauthenticated`; or `unavailable` or `rate_limited` where the same token may be believed later
    /// @param retryAfter when that may be worth trying
    record Rejected(String code, String message, Optional<Duration> retryAfter) implements Verification {

        static Rejected unauthenticated(String message) {
            return new Rejected("unauthenticated", message, Optional.empty());
        }

        static Rejected rateLimited(String message, Duration retryAfter) {
            return new Rejected("rate_limited", message, Optional.of(retryAfter));
        }

        static Rejected unavailable(String message) {
            return new Rejected("unavailable", message, Optional.of(JwksVerifier.FETCH_EVERY));
        }

        /// Whether it was looked at, and the same token is not worth showing again.
        boolean isPermanent() {
            return retryAfter.isEmpty();
        }
    }
}
