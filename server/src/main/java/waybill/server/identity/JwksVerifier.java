package waybill.server.identity;

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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.refusal.Failures;
import waybill.server.identity.Verification.Rejected;

/// The keys of a provider, loaded from its JWKS URL and cached.
///
/// They are reloaded when they have grown old, for which no token waits, and when a token names a key that is not
/// among them, for which that token waits. However many tokens do so, there is one request at a time, and the next
/// one follows after an interval. While the provider cannot be reached, its last keys stay in use for a day.
final class JwksVerifier implements SignatureVerifier {

    static final Duration FRESH_FOR = Duration.ofMinutes(10);
    static final Duration USABLE_FOR = Duration.ofDays(1);

    /// The interval between two requests, whatever keys tokens name.
    static final Duration FETCH_EVERY = Duration.ofSeconds(10);

    /// Tokens that may wait for the request in progress; one more is `unavailable`.
    static final int WAITING_MAX = 10_000;

    /// Tokens that may wait for the verification of their signature; one more is `unavailable`.
    static final int CHECKS_MAX = 10_000;

    /// Threads that verify signatures.
    private static final int CHECKERS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// From the request to the last byte of the response.
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

    /// Loads the keys before the first token arrives. The hub starts also if that fails.
    void prefetch() {
        refresh(clock.instant());
    }

    @Override
    public CompletionStage<SignedToken> verifySignature(SignedToken token) {
        try {
            KeySet.requireAlgorithm(token.header().getAlgorithm());
        } catch (TokenRejected e) {
            return CompletableFuture.failedStage(e);
        }
        var now = clock.instant();
        return candidates(token, now)
                .thenCompose(candidates -> candidates.isEmpty()
                        ? CompletableFuture.failedStage(unknownKey(token, now))
                        : verifiedByAny(token, candidates, now));
    }

    /// A provider may have replaced a key under the same id: a signature that fits none of the cached keys is
    /// verified once more with those of the next request.
    private CompletionStage<SignedToken> verifiedByAny(SignedToken token, List<KeySet.Key> candidates, Instant now) {
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

    /// Verifying a signature takes a while, so it does not run on an event loop.
    private CompletionStage<Boolean> isSignedByAny(SignedToken token, List<KeySet.Key> candidates) {
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

    /// The keys for the token that were not among the tried ones, once the request in progress has loaded them;
    /// none if no request is allowed now.
    private synchronized CompletionStage<List<KeySet.Key>> untriedKeys(
            SignedToken token, List<KeySet.Key> tried, Instant now) {
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

    /// The keys that fit: the cached ones, or else, once, those of the next request. Starts a reload of old keys.
    private synchronized CompletionStage<List<KeySet.Key>> candidates(SignedToken token, Instant now) {
        var known = cachedKeys(token, now); // before a request, whose response may be there at once
        if (now.isAfter(fetchedAt.plus(FRESH_FOR))) {
            refresh(now);
        }
        if (!known.isEmpty()) {
            return CompletableFuture.completedStage(known);
        }
        refresh(now);
        var fetch = pendingFetch;
        if (fetch == null) { // no request is allowed yet, or its response was there at once
            return CompletableFuture.completedStage(cachedKeys(token, now));
        }
        if (waitingTokens == WAITING_MAX) {
            return CompletableFuture.failedStage(new TokenRejected(Rejected.unavailable("keys of the provider: "
                    + WAITING_MAX + " tokens wait for them already (expected: try again later)")));
        }
        waitingTokens++;
        return fetch.thenApply(_ -> cachedKeys(token, now));
    }

    private synchronized List<KeySet.Key> cachedKeys(SignedToken token, Instant now) {
        return isUsable(now) ? keys.candidates(token) : List.of();
    }

    private boolean isUsable(Instant now) {
        return !fetchedAt.equals(Instant.MIN) && now.isBefore(fetchedAt.plus(USABLE_FOR));
    }

    private synchronized TokenRejected unknownKey(SignedToken token, Instant now) {
        if (!isUsable(now)) {
            return new TokenRejected(
                    Rejected.unavailable("keys of the provider: not at hand (expected: try again later)"));
        }
        var id = token.header().getKeyID();
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
                    exchange.cancel(true); // if it has not ended by itself
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
            LOG.warn(
                    "jwks: no keys from {}: {}; the keys loaded before stay in use for a day",
                    jwks,
                    failure == null ? "no answer" : Failures.cause(failure).toString());
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        checks.shutdownNow();
    }
}
