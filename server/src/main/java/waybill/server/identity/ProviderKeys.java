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
import waybill.server.identity.Verification.Refused;

/// The keys of a provider, fetched from where it publishes them and kept.
///
/// They are fetched again when they have grown old, which nobody waits for, and when a token names a key that is not
/// among them, which that token waits for. However many tokens do so, one request is under way, and the next one
/// follows after a while. While the provider cannot be reached, the keys that it had last are good for a day.
final class ProviderKeys implements Keys {

    static final Duration FRESH_FOR = Duration.ofMinutes(10);
    static final Duration GOOD_FOR = Duration.ofDays(1);

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
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    private static final long ANSWER_BYTES_MAX = 1_000_000;
    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

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
    private final Duration answerWithin;

    // guarded by this
    private KeySet keys = new KeySet(List.of());
    private Instant fetchedAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private @Nullable CompletableFuture<Void> underWay;
    private int waiting;

    ProviderKeys(URI jwks, InstantSource clock) {
        this(jwks, clock, ANSWER_WITHIN);
    }

    ProviderKeys(URI jwks, InstantSource clock, Duration answerWithin) {
        this.jwks = jwks;
        this.clock = clock;
        this.answerWithin = answerWithin;
    }

    /// Fetches the keys before the first token comes. The hub starts also where that fails.
    void warmUp() {
        refresh(clock.instant());
    }

    @Override
    public CompletionStage<SignedJWT> genuine(SignedJWT token) {
        try {
            KeySet.requireAlgorithm(token.getHeader().getAlgorithm());
        } catch (Objection e) {
            return CompletableFuture.failedStage(e);
        }
        var now = clock.instant();
        return candidates(token, now)
                .thenCompose(candidates -> candidates.isEmpty()
                        ? CompletableFuture.failedStage(unknownKey(token, now))
                        : checked(token, candidates, now));
    }

    /// A provider may have put a new key in the place of an old one, under the same id: a signature that fits none of
    /// the
    /// keys at hand is looked at once more with those that the next request brings.
    private CompletionStage<SignedJWT> checked(SignedJWT token, List<KeySet.Key> candidates, Instant now) {
        return isByOneOf(token, candidates).thenCompose(isGenuine -> {
            if (isGenuine) {
                return CompletableFuture.completedStage(token);
            }
            var others = others(token, candidates, now);
            return others.thenCompose(fresh -> isByOneOf(token, fresh))
                    .thenCompose(isSo -> isSo
                            ? CompletableFuture.completedStage(token)
                            : CompletableFuture.failedStage(new Objection(Signatures.FORGED)));
        });
    }

    /// Checking a signature takes a while, so it is not done on an event loop.
    private CompletionStage<Boolean> isByOneOf(SignedJWT token, List<KeySet.Key> candidates) {
        if (candidates.isEmpty()) {
            return CompletableFuture.completedStage(false);
        }
        try {
            return CompletableFuture.supplyAsync(
                    () -> candidates.stream().anyMatch(key -> Signatures.isBy(key.verifier(), token)), checks);
        } catch (RejectedExecutionException _) {
            return CompletableFuture.failedStage(new Objection(Refused.unavailable(
                    "signatures: " + CHECKS_MAX + " tokens wait to be checked already (expected: try again later)")));
        }
    }

    /// Keys for the token that were not among those tried, once the request under way has brought them; none where none
    /// may
    /// be made now.
    private synchronized CompletionStage<List<KeySet.Key>> others(
            SignedJWT token, List<KeySet.Key> tried, Instant now) {
        refresh(now);
        var fetch = underWay;
        if (fetch != null && waiting >= WAITING_MAX / 2) { // the other half is for tokens that name an unknown key
            return CompletableFuture.completedStage(List.of());
        }
        if (fetch != null) {
            waiting++;
        }
        return (fetch == null ? CompletableFuture.<@Nullable Void>completedFuture(null) : fetch)
                .thenApply(_ -> atHand(token, now).stream()
                        .filter(key -> !tried.contains(key))
                        .toList());
    }

    /// The keys that fit: those at hand, or else, once, those that the next request brings. On the way, old keys are
    /// asked for anew.
    private synchronized CompletionStage<List<KeySet.Key>> candidates(SignedJWT token, Instant now) {
        var known = atHand(token, now); // before others are asked for, whose answer may be there at once
        if (now.isAfter(fetchedAt.plus(FRESH_FOR))) {
            refresh(now);
        }
        if (!known.isEmpty()) {
            return CompletableFuture.completedStage(known);
        }
        refresh(now);
        var fetch = underWay;
        if (fetch == null) { // none may be made yet, or its answer was there at once
            return CompletableFuture.completedStage(atHand(token, now));
        }
        if (waiting == WAITING_MAX) {
            return CompletableFuture.failedStage(new Objection(Refused.unavailable("keys of the provider: "
                    + WAITING_MAX + " tokens wait for them already (expected: try again later)")));
        }
        waiting++;
        return fetch.thenApply(_ -> atHand(token, now));
    }

    private synchronized List<KeySet.Key> atHand(SignedJWT token, Instant now) {
        return isGood(now) ? keys.candidates(token) : List.of();
    }

    private boolean isGood(Instant now) {
        return !fetchedAt.equals(Instant.MIN) && now.isBefore(fetchedAt.plus(GOOD_FOR));
    }

    private synchronized Objection unknownKey(SignedJWT token, Instant now) {
        if (!isGood(now)) {
            return new Objection(Refused.unavailable("keys of the provider: not at hand (expected: try again later)"));
        }
        var id = token.getHeader().getKeyID();
        return new Objection("kid: " + (id == null ? "missing" : Objection.shortened(id))
                + " (expected: a key that the provider publishes)");
    }

    private synchronized void refresh(Instant now) {
        if (underWay != null || now.isBefore(askedAt.plus(FETCH_EVERY))) {
            return;
        }
        askedAt = now;
        waiting = 0;
        var done = new CompletableFuture<Void>();
        underWay = done;
        var request = HttpRequest.newBuilder(jwks)
                .timeout(TIMEOUT)
                .header("accept", "application/json")
                .build();
        var exchange = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_BYTES_MAX));
        exchange.copy()
                .orTimeout(
                        answerWithin.toMillis(),
                        TimeUnit.MILLISECONDS) // the request's own timeout ends with its headers
                .thenApply(ProviderKeys::parsed)
                .whenComplete((fetched, failure) -> {
                    exchange.cancel(true); // where it has not ended by itself
                    arrived(fetched, failure, now);
                    done.complete(null);
                });
    }

    private static KeySet parsed(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode() + " (expected: 200)");
        }
        try {
            return KeySet.parse(answer.body());
        } catch (ParseException e) {
            throw new IllegalStateException("no JWK set: " + e.getMessage(), e);
        }
    }

    private synchronized void arrived(@Nullable KeySet fetched, @Nullable Throwable failure, Instant askedAt) {
        underWay = null;
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
