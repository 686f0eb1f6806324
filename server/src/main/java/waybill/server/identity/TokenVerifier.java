package waybill.server.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.refusal.Failures;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.server.identity.Verification.Rejected;
import waybill.server.identity.Verification.Verified;
import waybill.socketio.Handshake;

/// Verifies tokens. Thread-safe, and never blocks the caller's thread.
public final class TokenVerifier implements AutoCloseable {

    /// The allowed difference between the clocks of the issuer and the hub.
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /// Characters of a token; HTTP takes no longer headers, either.
    static final int TOKEN_MAX = 16_384;

    /// Addresses whose rejected tokens are counted. Beyond that, the one without a rejected token for the longest
    /// time is evicted.
    private static final int ADDRESSES_MAX = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);

    private final IdentityConfig config;
    private final SignatureVerifier signatures;
    private final Optional<TokenIssuer> issuer;
    private final PrincipalMapper principals;
    private final Revocations revocations;
    private final RateLimiter<String> badTokens;
    private final InstantSource clock;

    private TokenVerifier(
            IdentityConfig config,
            SignatureVerifier keys,
            Optional<TokenIssuer> issuer,
            Revocations revocations,
            InstantSource clock) {
        this.config = config;
        this.signatures = keys;
        this.issuer = issuer;
        this.principals = new PrincipalMapper(config.claims());
        this.revocations = revocations;
        badTokens = new InMemoryRateLimiter<>(RateLimit.perMinute(config.badTokensPerMinute()), ADDRESSES_MAX);
        this.clock = clock;
    }

    /// Creates the verifier. In development mode the secret is stored in `data`.
    public static TokenVerifier start(
            IdentityConfig config, Path data, Revocations revocations, InstantSource clock, SecureRandom random) {
        return switch (config.trust()) {
            case Trust.Development() -> {
                var secret = DevelopmentSecret.loadOrCreate(data, random);
                yield new TokenVerifier(
                        config,
                        new SharedSecretVerifier(secret),
                        Optional.of(new TokenIssuer(secret, clock)),
                        revocations,
                        clock);
            }
            case Trust.SharedSecret(var secret) ->
                new TokenVerifier(config, new SharedSecretVerifier(secret), Optional.empty(), revocations, clock);
            case Trust.Jwks(var jwks) -> {
                if (config.audience().isEmpty()) {
                    LOG.warn(
                            "tokens that {} has signed for any audience are accepted, also those of its other applications:"
                                    + " set --audience to the audience of this hub",
                            jwks);
                }
                var keys = new JwksVerifier(jwks, clock);
                keys.prefetch();
                yield new TokenVerifier(config, keys, Optional.empty(), revocations, clock);
            }
        };
    }

    /// The issuer of tokens in development mode; none in secured mode.
    public Optional<TokenIssuer> issuer() {
        return issuer;
    }

    public IdentityConfig config() {
        return config;
    }

    public Revocations revocations() {
        return revocations;
    }

    /// Verifies a token, without a leading `Bearer`. With a secret the result is complete at once; with a provider
    /// it may wait for the provider's keys, and is then completed on another thread. Never fails.
    public CompletionStage<Verification> verify(Optional<String> token) {
        try {
            var parsed = parse(token);
            return signatures
                    .verifySignature(parsed)
                    .thenApply(this::evaluate)
                    .exceptionally(TokenVerifier::toRejected);
        } catch (TokenRejected e) {
            return CompletableFuture.completedStage(e.rejected);
        }
    }

    /// The same for a client's token. From an address with too many rejected tokens, a bad one is `rate_limited`,
    /// whatever its reason; a good one is never rejected because of other clients at the same address.
    public CompletionStage<Verification> verify(Optional<String> token, Supplier<ClientAddress> client) {
        var verification = verify(token);
        return token.isEmpty()
                ? verification
                : verification.thenApply(result -> result instanceof Rejected rejected && rejected.isPermanent()
                        ? countRejected(rejected, client.get())
                        : result);
    }

    private Verification countRejected(Rejected rejected, ClientAddress client) {
        if (client.isLocal()) {
            return rejected;
        }
        var network = client.network();
        var retryAfterMs = badTokens.acquire(network, clock.millis());
        if (retryAfterMs == 0) {
            return rejected;
        }
        var message = "token: too many from " + network + " were rejected (expected: at most "
                + config.badTokensPerMinute() + " a minute)";
        return Rejected.rateLimited(message, Duration.ofMillis(retryAfterMs));
    }

    /// The address of a client.
    public ClientAddress clientAddress(Handshake handshake) {
        return config.proxies().clientAddress(handshake);
    }

    private static SignedToken parse(Optional<String> token) throws TokenRejected {
        var text = token.orElseThrow(() ->
                new TokenRejected("token: missing (expected: auth.token, query token or the Authorization header)"));
        if (text.length() > TOKEN_MAX) {
            throw new TokenRejected("token: " + text.length() + " characters (expected: at most " + TOKEN_MAX + ")");
        }
        return SignedToken.parse(text);
    }

    private Verification evaluate(SignedToken token) {
        try {
            var claims = ExactClaims.of(token);
            var issuedAt = claims.time("iat");
            var expiresAt = claims.time("exp");
            requireTimes(issuedAt, expiresAt, claims.time("nbf"));
            requireIssuerAndAudience(claims);
            var verified =
                    new Verified(principals.principal(claims.values()), issuedAt.orElse(null), expiresAt.orElse(null));
            if (isRevoked(verified)) {
                throw new TokenRejected("token: revoked (expected: one that was issued later)");
            }
            return verified;
        } catch (TokenRejected e) {
            return e.rejected;
        }
    }

    boolean isRevoked(Verified verified) {
        return revocations.isRevoked(verified.principal().user(), verified.issuedAt());
    }

    private void requireTimes(Optional<Instant> issuedAt, Optional<Instant> expiresAt, Optional<Instant> notBefore)
            throws TokenRejected {
        var now = clock.instant();
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get().plus(CLOCK_SKEW))) {
            throw new TokenRejected("exp: " + expiresAt.get() + " (expected: later than now)");
        }
        if (expiresAt.isEmpty() && config.requireExpiry()) {
            throw new TokenRejected("exp: missing (expected: when the token expires)");
        }
        requirePast("nbf", notBefore, now);
        requirePast("iat", issuedAt, now);
    }

    private static void requirePast(String name, Optional<Instant> time, Instant now) throws TokenRejected {
        if (time.isPresent() && time.get().minus(CLOCK_SKEW).isAfter(now)) {
            throw new TokenRejected(name + ": " + time.get() + " (expected: not later than now)");
        }
    }

    private void requireIssuerAndAudience(ExactClaims claims) throws TokenRejected {
        var issuer = claims.text("iss");
        var issuedBy = config.issuer();
        if (issuedBy.isPresent() && !issuer.equals(issuedBy)) {
            throw new TokenRejected("iss: " + excerpt(issuer.orElse("")) + " (expected: " + issuedBy.get() + ")");
        }
        var audiences = claims.texts("aud");
        var audience = config.audience();
        if (audience.isPresent() && !audiences.contains(audience.get())) {
            throw new TokenRejected(
                    "aud: " + excerpt(String.join(", ", audiences)) + " (expected: " + audience.get() + ")");
        }
    }

    private static String excerpt(String text) {
        return text.isEmpty() ? "missing" : TokenRejected.excerpt(text);
    }

    private static Verification toRejected(Throwable thrown) {
        var cause = Failures.cause(thrown);
        if (cause instanceof TokenRejected objection) {
            return objection.rejected;
        }
        LOG.error("a token could not be verified; its client is answered unavailable", cause);
        return Rejected.unavailable("token: could not be verified (expected: try again later)");
    }

    @Override
    public void close() {
        signatures.close();
    }
}
