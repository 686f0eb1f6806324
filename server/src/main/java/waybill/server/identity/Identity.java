package waybill.server.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.server.identity.Verification.Known;
import waybill.server.identity.Verification.Refused;
import waybill.socketio.Handshake;

/// Tells who the bearer of a token is. Thread-safe, and never keeps the thread that asks waiting.
public final class Identity implements AutoCloseable {

    /// By how much the clock of whoever issued a token may differ from ours.
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /// Characters of a token; HTTP takes no longer headers, either.
    static final int TOKEN_MAX = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger(Identity.class);

    private final IdentityConfig config;
    private final Keys keys;
    private final Optional<Issuer> issuer;
    private final Claims claims;
    private final Revocations revocations;
    private final RefusedTokens refusedTokens;
    private final InstantSource clock;

    private Identity(
            IdentityConfig config, Keys keys, Optional<Issuer> issuer, Revocations revocations, InstantSource clock) {
        this.config = config;
        this.keys = keys;
        this.issuer = issuer;
        this.claims = new Claims(config.claims());
        this.revocations = revocations;
        refusedTokens = new RefusedTokens(config.refusedPerMinute());
        this.clock = clock;
    }

    /// Begins to know people. In development mode the secret is kept in `data`.
    public static Identity start(
            IdentityConfig config, Path data, Revocations revocations, InstantSource clock, SecureRandom random) {
        return switch (config.trust()) {
            case Trust.Development() -> {
                var secret = DevelopmentSecret.in(data, random);
                yield new Identity(
                        config, new SharedKey(secret), Optional.of(new Issuer(secret, clock)), revocations, clock);
            }
            case Trust.Shared(var secret) ->
                new Identity(config, new SharedKey(secret), Optional.empty(), revocations, clock);
            case Trust.Provider(var jwks) -> {
                if (config.audience().isEmpty()) {
                    LOG.warn(
                            "tokens are believed that {} has signed for any audience, those of its other applications too:"
                                    + " say by --audience which are meant for this hub",
                            jwks);
                }
                var keys = new ProviderKeys(jwks, clock);
                keys.warmUp();
                yield new Identity(config, keys, Optional.empty(), revocations, clock);
            }
        };
    }

    /// Who issues tokens in development mode; in secured mode nobody here does.
    public Optional<Issuer> issuer() {
        return issuer;
    }

    public IdentityConfig config() {
        return config;
    }

    public Revocations revocations() {
        return revocations;
    }

    /// Judges a token, without a `Bearer` in front. With a secret the answer is there at once; with a provider it may
    /// wait for the provider's keys, and then comes on another thread. Never fails.
    public CompletionStage<Verification> verify(Optional<String> token) {
        try {
            var parsed = parsed(token);
            return keys.genuine(parsed).thenApply(this::judged).exceptionally(Identity::refusal);
        } catch (Objection e) {
            return CompletableFuture.completedStage(e.refused);
        }
    }

    /// The same for a token of a client. From where too many have been refused, a bad one is told to come back later,
    /// whatever is wrong with it; a good one is never refused for the bad ones of others who share the address.
    public CompletionStage<Verification> verify(Optional<String> token, ClientAddress client) {
        return token.isEmpty() || client.isLocal()
                ? verify(token)
                : verify(token)
                        .thenApply(verification -> verification instanceof Refused refused && refused.isForGood()
                                ? counted(refused, client.network())
                                : verification);
    }

    private Verification counted(Refused refused, String network) {
        var respite = refusedTokens.respite(network, clock.millis());
        if (respite.isEmpty()) {
            refusedTokens.note(network, clock.millis());
            return refused;
        }
        var message = "token: too many from " + network + " were refused (expected: at most "
                + refusedTokens.perMinute() + " a minute)";
        return Refused.rateLimited(message, respite.get());
    }

    /// Where a client comes from.
    public ClientAddress clientOf(Handshake handshake) {
        return config.proxies().seen(handshake);
    }

    private static SignedJWT parsed(Optional<String> token) throws Objection {
        var text = token.orElseThrow(() ->
                new Objection("token: missing (expected: auth.token, query token or the" + " Authorization header)"));
        if (text.length() > TOKEN_MAX) {
            throw new Objection("token: " + text.length() + " characters (expected: at most " + TOKEN_MAX + ")");
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException _) {
            throw new Objection("token: not a signed JWT (expected: header.payload.signature)");
        }
    }

    private Verification judged(SignedJWT token) {
        try {
            var said = token.getJWTClaimsSet();
            var exact = ExactClaims.of(token);
            var issuedAt = exact.time("iat");
            var expiresAt = exact.time("exp");
            requireTimes(issuedAt, expiresAt, exact.time("nbf"));
            requireMeant(said);
            var known = new Known(claims.principal(exact.values()), issuedAt.orElse(null), expiresAt.orElse(null));
            if (isRevoked(known)) {
                throw new Objection("token: revoked (expected: one that was issued later)");
            }
            return known;
        } catch (ParseException _) {
            return Refused.unauthenticated(
                    "token: its claims cannot be read (expected: a JSON object, with times as" + " numbers)");
        } catch (Objection e) {
            return e.refused;
        }
    }

    boolean isRevoked(Known known) {
        return revocations.isRevoked(known.principal().user(), known.issuedAt());
    }

    private void requireTimes(Optional<Instant> issuedAt, Optional<Instant> expiresAt, Optional<Instant> notBefore)
            throws Objection {
        var now = clock.instant();
        if (expiresAt.isPresent() && !now.isBefore(expiresAt.get().plus(CLOCK_SKEW))) {
            throw new Objection("exp: " + expiresAt.get() + " (expected: later than now)");
        }
        if (expiresAt.isEmpty() && config.requireExpiry()) {
            throw new Objection("exp: missing (expected: when the token expires)");
        }
        requirePast("nbf", notBefore, now);
        requirePast("iat", issuedAt, now);
    }

    private static void requirePast(String name, Optional<Instant> time, Instant now) throws Objection {
        if (time.isPresent() && time.get().minus(CLOCK_SKEW).isAfter(now)) {
            throw new Objection(name + ": " + time.get() + " (expected: not later than now)");
        }
    }

    private void requireMeant(JWTClaimsSet said) throws Objection {
        var issuedBy = config.issuer();
        if (issuedBy.isPresent() && !issuedBy.get().equals(said.getIssuer())) {
            throw new Objection("iss: " + shown(said.getIssuer()) + " (expected: " + issuedBy.get() + ")");
        }
        var audience = config.audience();
        if (audience.isPresent() && !said.getAudience().contains(audience.get())) {
            throw new Objection(
                    "aud: " + shown(String.join(", ", said.getAudience())) + " (expected: " + audience.get() + ")");
        }
    }

    private static String shown(@Nullable String text) {
        return text == null || text.isEmpty() ? "missing" : Objection.shortened(text);
    }

    private static Verification refusal(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Objection objection) {
            return objection.refused;
        }
        LOG.error("a token could not be judged", cause);
        return Refused.unavailable("token: could not be judged (expected: try again later)");
    }

    @Override
    public void close() {
        keys.close();
    }
}
