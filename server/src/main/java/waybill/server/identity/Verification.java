package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;

/// The result of verifying a token.
public sealed interface Verification {

    /// The token is valid.
    ///
    /// @param issuedAtOrNone its `iat`, if present
    /// @param expiresAtOrNone its `exp`, if present
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

    /// The token is rejected. The message gives the reason, and never contains the token or a part of its
    /// signature.
    ///
    /// @param code `unauthenticated`; or `unavailable` or `rate_limited` if the same token may be accepted later
    /// @param retryAfter the time to retry
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

        /// Whether the token was verified, and is not worth sending again.
        boolean isPermanent() {
            return retryAfter.isEmpty();
        }
    }
}
