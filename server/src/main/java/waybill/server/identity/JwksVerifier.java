package waybill.server.identity;

import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.server.identity.Verification.Rejected;

/// The keys of a provider, fetched from where it publishes them and kept.
///
/// They are fetched again when they have grown old, which nobody waits for, and when a token names a key that is not
/// among them, which that token waits for. However many tokens do so, one request is under way, and the next one
/// follows after a while. While the provider cannot be reached, the keys that it had last are good for a day.
final class JwksVerifier implements SignatureVerifier {

    static final Duration FRESH_FOR = Duration.ofMinutes(10);
    static final Duration USABLE_FOR = Duration.ofDays(1);

    /// Between two requests, whatever tokens say.
    static final Duration FETCH_EVERY = Duration.ofSeconds(10);

    /// Tokens that may wait for the request under way; one more is told to come back.
    static final int WAITING_MAX = 10_000;

    /// Tokens whose signatures wait to be checked; one more is told to come back.
    static final int CHECKS_MAX = 10_000;

    /// Threads that check signatures.
    private static final int CHECKERS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// From asking to the last byte of the answer.
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private static final long RESPONSE_BYTES_MAX = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(JwksVerifier.class);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ExecutorService checks = new ThreadPoolExecutor(
            CHECKERS,
            CHECKERS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(CHECKS_MAX),
            Thread.ofPlatform().name("waybill-signatures-", 0).daemon().factory());
    private final URI jwks;
    private final InstantSource clock;
    private final Duration responseTimeout;

    // guarded by this
    private KeySet keys = new KeySet(List.of());
    private Instant fetchedAt = Instant.MIN;
    private Instant requestedAt = Instant.MIN;
    private @Nullable CompletableFuture<Void> pendingFetch;
    private int waitingTokens;

    JwksVerifier(URI jwks, InstantSource clock) {
        this(jwks, clock, RESPONSE_TIMEOUT);
    }

    JwksVerifier(URI jwks, InstantSource clock, Duration answerWithin) {
        this.jwks = jwks;
        this.clock = clock;
        this.responseTimeout = answerWithin;
    }

    /// Fetches the keys before the first token comes. The hub starts also where that fails.
    void prefetch() {
        refresh(clock.instant());
    }

    @Override
    public CompletionStage<SignedJWT> verifySignature(SignedJWT token) {
        try {
            KeySet.requireAlgorithm(token.getHeader().getAlgorithm());
        } catch (TokenRejected e) {
            return CompletableFuture.failedStage(e);
        }
        var now = clock.instant();
        return candidates(token, now)
                .thenCompose(candidates -> candidates.isEmpty()
                        ? CompletableFuture.failedStage(unknownKey(token, now))
                        : verifiedByAny(token, candidates, now));
    }

    /// A provider may have put a new key in the place of an old one, under the same id: a signature that fits none of
    /// the
    /// keys at hand is looked at once more with those that the next request brings.
    private CompletionStage<SignedJWT> verifiedByAny(SignedJWT token, List<KeySet.Key> candidates, Instant now) {
        return isSignedByAny(token, candidates).thenCompose(isGenuine -> {
            if (isGenuine) {
                return CompletableFuture.completedStage(token);
            }
            var others = untriedKeys(token, candidates, now);
            return others.thenCompose(fresh -> isSignedByAny(token, fresh))
                    .thenCompose(isSo -> isSo
                            ? CompletableFuture.completedStage(token)
                            : CompletableFuture.failedStage(new TokenRejected(Signatures.FORGED)));
        });
    }

    /// Checking a signature takes a while, so it is not done on an event loop.
    private CompletionStage<Boolean> isSignedByAny(SignedJWT token, List<KeySet.Key> candidates) {
        if (candidates.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> candidates.stream().anyMatch(key -> Signatures.isValid(key.verifier(), token)), checks);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedStage(new TokenRejected(Rejected.unavailable(
                    "signatures: " + CHECKS_MAX + " tokens wait to be checked already (expected: try again later)")));
        }
    }

    /// Keys for the token that were not among those tried, once the request under way has brought them; none where none
    /// may
    /// be made now.
    private synchronized CompletionStage<List<KeySet.Key>> untriedKeys(
            SignedJWT token, List<KeySet.Key> tried, Instant now) {
        refresh(now);
        var fetch = pendingFetch;
        if (fetch != null
                && waitingTokens >= WAITING_MAX / 2) { // the other half is for tokens that name an unknown key
            return CompletableFuture.completedStage(List.of());
        }
        if (fetch != null) {
            waitingTokens++;
        }
        return (fetch == null ? CompletableFuture.<@Nullable Void>completedFuture(null) : fetch)
                .thenApply(_ -> cachedKeys(token, now).stream()
                        .filter(key -> !tried.contains(key))
                        .toList());
    }

    /// The keys that fit: those at hand, or else, once, those that the next request brings. On the way, old keys are
    /// asked for anew.
    private synchronized CompletionStage<List<KeySet.Key>> candidates(SignedJWT token, Instant now) {
        var known = cachedKeys(token, now); // before others are asked for, whose answer may be there at once
        if (now.isAfter(fetchedAt.plus(FRESH_FOR))) {
            refresh(now);
        }
        if (!known.isEmpty()) {
            return CompletableFuture.completedStage(known);
        }
        refresh(now);
        var fetch = pendingFetch;
        if (fetch == null) { // none may be made yet, or its answer was there at once
            return CompletableFuture.completedStage(cachedKeys(token, now));
        }
        if (waitingTokens == WAITING_MAX) {
            return CompletableFuture.failedStage(new TokenRejected(Rejected.unavailable("keys of the provider: "
                    + WAITING_MAX + " tokens wait for them already (expected: try again later)")));
        }
        waitingTokens++;
        return fetch.thenApply(_ -> cachedKeys(token, now));
    }

    private synchronized List<KeySet.Key> cachedKeys(SignedJWT token, Instant now) {
        return isUsable(now) ? keys.candidates(token) : List.of();
    }

    private boolean isUsable(Instant now) {
        return !fetchedAt.equals(Instant.MIN) && now.isBefore(fetchedAt.plus(USABLE_FOR));
    }

    private synchronized TokenRejected unknownKey(SignedJWT token, Instant now) {
        if (!isUsable(now)) {
            return new TokenRejected(
                    Rejected.unavailable("keys of the provider: not at hand (expected: try again later)"));
        }
        var id = token.getHeader().getKeyID();
        return new TokenRejected("kid: " + (id == null ? "missing" : TokenRejected.excerpt(id))
                + " (expected: a key that the provider publishes)");
    }

    private synchronized void refresh(Instant now) {
        if (pendingFetch != null || now.isBefore(requestedAt.plus(FETCH_EVERY))) {
            return;
        }
        requestedAt = now;
        waitingTokens = 0;
        var done = new CompletableFuture<Void>();
        pendingFetch = done;
        var request = HttpRequest.newBuilder(jwks)
                .timeout(TIMEOUT)
                .header("accept", "application/json")
                .build();
        var exchange = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), RESPONSE_BYTES_MAX));
        exchange.copy()
                .orTimeout(
                        responseTimeout.toMillis(),
                        TimeUnit.MILLISECONDS) // the request's own timeout ends with its headers
                .thenApply(JwksVerifier::parse)
                .whenComplete((fetched, failure) -> {
                    exchange.cancel(true); // where it has not ended by itself
                    onFetched(fetched, failure, now);
                    done.complete(null);
                });
    }

    private static KeySet parse(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode() + " (expected: 200)");
        }
        try {
            return KeySet.parse(answer.body());
        } catch (ParseException e) {
            throw new IllegalStateException("no JWK set: " + e.getMessage(), e);
        }
    }

    private synchronized void onFetched(@Nullable KeySet fetched, @Nullable Throwable failure, Instant askedAt) {
        pendingFetch = null;
        if (fetched != null) {
            keys = fetched;
            fetchedAt = askedAt;
            LOG.debug("jwks: {} keys from {}", fetched.keys().size(), jwks);
        } else {
            var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
            LOG.warn(
                    "jwks: no keys from {}: {}; those known before stay in use for a day", jwks, String.valueOf(cause));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        checks.shutdownNow();
    }
}
