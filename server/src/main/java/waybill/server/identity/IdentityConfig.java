package waybill.server.identity;

import java.util.Optional;

/// How somebody is known.
///
/// @param trust whose tokens are believed
/// @param claims what is said where in a token
/// @param issuer what a token must have as `iss`, if anything
/// @param audience what a token must have among its `aud`, if anything
/// @param capsOpen whether `/caps` takes clients without a token in secured mode, too
/// @param badTokensPerMinute how many tokens from one address, other than this machine, may be refused in a minute
/// before
///     a bad one from there is told to come back later; 0 is as many as they like
/// @param requireExpiry whether a token that never expires is refused
/// @param proxies who is believed when it says whose requests it passes on
public record IdentityConfig(
        Trust trust,
        ClaimNames claims,
        Optional<String> issuer,
        Optional<String> audience,
        boolean capsOpen,
        int badTokensPerMinute,
        TrustedProxies proxies,
        boolean requireExpiry) {

    /// A crowd that shares one address may have many phones whose tokens have expired.
    public static final int BAD_TOKENS_PER_MINUTE_DEFAULT = 300;

    public IdentityConfig {
        if (badTokensPerMinute < 0) {
            throw new IllegalArgumentException(
                    "refusedPerMinute: " + badTokensPerMinute + " (expected: 0 for no limit, or more)");
        }
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
        return new IdentityConfig(
                trust,
                ClaimNames.defaults(),
                Optional.empty(),
                Optional.empty(),
                false,
                BAD_TOKENS_PER_MINUTE_DEFAULT,
                TrustedProxies.NONE,
                false);
    }

    public IdentityConfig withClaims(ClaimNames value) {
        return new IdentityConfig(trust, value, issuer, audience, capsOpen, badTokensPerMinute, proxies, requireExpiry);
    }

    public IdentityConfig withIssuer(String value) {
        return new IdentityConfig(
                trust, claims, Optional.of(value), audience, capsOpen, badTokensPerMinute, proxies, requireExpiry);
    }

    public IdentityConfig withAudience(String value) {
        return new IdentityConfig(
                trust, claims, issuer, Optional.of(value), capsOpen, badTokensPerMinute, proxies, requireExpiry);
    }

    public IdentityConfig withCapsOpen(boolean value) {
        return new IdentityConfig(trust, claims, issuer, audience, value, badTokensPerMinute, proxies, requireExpiry);
    }

    public IdentityConfig withBadTokensPerMinute(int value) {
        return new IdentityConfig(trust, claims, issuer, audience, capsOpen, value, proxies, requireExpiry);
    }

    public IdentityConfig withProxies(TrustedProxies value) {
        return new IdentityConfig(trust, claims, issuer, audience, capsOpen, badTokensPerMinute, value, requireExpiry);
    }

    public IdentityConfig withRequireExpiry(boolean value) {
        return new IdentityConfig(trust, claims, issuer, audience, capsOpen, badTokensPerMinute, proxies, value);
    }

    public boolean isDevelopment() {
        return trust instanceof Trust.Development;
    }
}
