package waybill.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;

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
    /// @param refusal `unauthenticated`; or `unavailable` or `rate_limited` if the same token may be accepted later
    record Rejected(Refusal refusal) implements Verification {

        static Rejected unauthenticated(String message) {
            return new Rejected(Refusal.of(ErrorCode.UNAUTHENTICATED, message));
        }

        static Rejected rateLimited(String message, Duration retryAfter) {
            return new Rejected(Refusal.rateLimited(message, retryAfter));
        }

        static Rejected unavailable(String message) {
            return new Rejected(Refusal.unavailable(message, JwksVerifier.FETCH_EVERY));
        }

        String code() {
            return refusal.code().wireName();
        }

        String message() {
            return refusal.message();
        }

        /// Whether the token was verified, and is not worth sending again.
        boolean isPermanent() {
            return refusal.retryAfter().isZero();
        }
    }
}
