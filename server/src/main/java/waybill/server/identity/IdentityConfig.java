package waybill.server.identity;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/// The settings of authentication.
///
/// @param trust the signatures that are trusted
/// @param claims the names of the claims
/// @param issuer the required `iss` of a token, if any
/// @param audience the required value among the `aud` of a token, if any
/// @param capsOpen whether `/caps` admits clients without a token in secured mode, too
/// @param badTokensPerMinute how many tokens from one address, other than the local machine, may be rejected in a
///     minute before a bad one from there is `rate_limited`; 0 for no limit
/// @param requireExpiry whether a token that never expires is rejected
/// @param proxies the proxies whose headers contain the client's address
/// @param pagesClientId the client id of the hub's pages at the provider that is the issuer, a public client; none
///     if users do not sign in there
public record IdentityConfig(
        Trust trust,
        ClaimNames claims,
        Optional<String> issuer,
        Optional<String> audience,
        boolean capsOpen,
        int badTokensPerMinute,
        TrustedProxies proxies,
        boolean requireExpiry,
        Optional<String> pagesClientId) {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Many phones that share one address may have expired tokens.
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
        if (pagesClientId.isPresent()
                && !issuer.filter(IdentityConfig::isProvider).isPresent()) {
            throw new IllegalArgumentException("sign-in-client-id: given, issuer: " + issuer.orElse("none")
                    + " (expected: the https URL of the provider at which users sign in)");
        }
    }

    /// A provider is found at its issuer, which must be a URL then: `https`, or `http` on the local machine.
    private static boolean isProvider(String issuer) {
        try {
            var url = new URI(issuer);
            var isLocal = LOCAL.contains(String.valueOf(url.getHost()));
            return "https".equals(url.getScheme()) || ("http".equals(url.getScheme()) && isLocal);
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /// Development mode: the hub accepts the identity that clients claim, and issues tokens on request.
    public static IdentityConfig development() {
        return of(new Trust.Development());
    }

    /// Secured mode, with defaults.
    public static IdentityConfig of(Trust trust) {
        return new IdentityConfig(
                trust,
                ClaimNames.defaults(),
                Optional.empty(),
                Optional.empty(),
                false,
                BAD_TOKENS_PER_MINUTE_DEFAULT,
                TrustedProxies.NONE,
                false,
                Optional.empty());
    }

    public IdentityConfig withClaims(ClaimNames value) {
        return new IdentityConfig(
                trust, value, issuer, audience, capsOpen, badTokensPerMinute, proxies, requireExpiry, pagesClientId);
    }

    public IdentityConfig withIssuer(String value) {
        return new IdentityConfig(
                trust,
                claims,
                Optional.of(value),
                audience,
                capsOpen,
                badTokensPerMinute,
                proxies,
                requireExpiry,
                pagesClientId);
    }

    public IdentityConfig withAudience(String value) {
        return new IdentityConfig(
                trust,
                claims,
                issuer,
                Optional.of(value),
                capsOpen,
                badTokensPerMinute,
                proxies,
                requireExpiry,
                pagesClientId);
    }

    public IdentityConfig withCapsOpen(boolean value) {
        return new IdentityConfig(
                trust, claims, issuer, audience, value, badTokensPerMinute, proxies, requireExpiry, pagesClientId);
    }

    public IdentityConfig withBadTokensPerMinute(int value) {
        return new IdentityConfig(
                trust, claims, issuer, audience, capsOpen, value, proxies, requireExpiry, pagesClientId);
    }

    public IdentityConfig withProxies(TrustedProxies value) {
        return new IdentityConfig(
                trust, claims, issuer, audience, capsOpen, badTokensPerMinute, value, requireExpiry, pagesClientId);
    }

    public IdentityConfig withRequireExpiry(boolean value) {
        return new IdentityConfig(
                trust, claims, issuer, audience, capsOpen, badTokensPerMinute, proxies, value, pagesClientId);
    }

    public IdentityConfig withPagesClientId(String value) {
        return new IdentityConfig(
                trust,
                claims,
                issuer,
                audience,
                capsOpen,
                badTokensPerMinute,
                proxies,
                requireExpiry,
                Optional.of(value));
    }

    public boolean isDevelopment() {
        return trust instanceof Trust.Development;
    }
}
