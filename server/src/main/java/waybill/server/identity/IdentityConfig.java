package waybill.server.identity;

import java.util.Optional;

/// How somebody is known.
///
/// @param trust whose tokens are believed
/// @param claims what is said where in a token
/// @param issuer what a token must have as `iss`, if anything
/// @param audience what a token must have among its `aud`, if anything
/// @param capsOpen whether `/caps` takes clients without a token in secured mode, too
public record IdentityConfig(
        Trust trust, ClaimNames claims, Optional<String> issuer, Optional<String> audience, boolean capsOpen) {

    public IdentityConfig {
        var plain = claims.equals(ClaimNames.defaults()) && issuer.isEmpty() && audience.isEmpty();
        if (trust instanceof Trust.Development && !plain) {
            throw new IllegalArgumentException("issuer, audience, claim names: given (expected: together with a secret"
                    + " or a JWKS URL; in development mode the hub issues the tokens itself)");
        }
    }

    /// Development mode: the hub believes what clients claim, and issues tokens to whoever asks.
    public static IdentityConfig development() {
        return of(new Trust.Development());
    }

    /// Secured mode, with nothing out of the ordinary.
    public static IdentityConfig of(Trust trust) {
        return new IdentityConfig(trust, ClaimNames.defaults(), Optional.empty(), Optional.empty(), false);
    }

    public IdentityConfig withClaims(ClaimNames value) {
        return new IdentityConfig(trust, value, issuer, audience, capsOpen);
    }

    public IdentityConfig withIssuer(String value) {
        return new IdentityConfig(trust, claims, Optional.of(value), audience, capsOpen);
    }

    public IdentityConfig withAudience(String value) {
        return new IdentityConfig(trust, claims, issuer, Optional.of(value), capsOpen);
    }

    public IdentityConfig withCapsOpen(boolean value) {
        return new IdentityConfig(trust, claims, issuer, audience, value);
    }

    public boolean isDevelopment() {
        return trust instanceof Trust.Development;
    }
}
