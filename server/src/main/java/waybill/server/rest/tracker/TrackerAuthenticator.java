package waybill.server.rest.tracker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Tracker;
import waybill.directory.TrackerKey;
import waybill.hub.position.TrackerKeys;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.Revocations;
import waybill.server.rest.contract.Problem;

/// Finds the tracker of a request by its key. Thread-safe, and never blocks.
final class TrackerAuthenticator {

    /// Requests with a wrong key from one address, in a minute and at once.
    static final int WRONG_KEYS_PER_MINUTE = 60;

    /// Keys from one address that are looked up on the disk, in a minute and at once: a mobile network has many phones
    /// behind one.
    static final int LOOK_UPS_PER_MINUTE = 6_000;

    /// Addresses that are counted. With one more, the least recently seen is evicted.
    private static final int ADDRESSES_MAX = 10_000;

    private static final String FIELD = "id";
    private static final String EXPECTED = " (expected: the key of a tracker, from POST /drivers/me/trackers)";

    private final TrackerKeys keys;
    private final Revocations revocations;
    private final InstantSource clock;
    private final RateLimiter<String> wrongKeys;
    private final RateLimiter<String> lookUps;

    TrackerAuthenticator(TrackerKeys keys, Revocations revocations, RateLimiters limiters, InstantSource clock) {
        this.keys = keys;
        this.revocations = revocations;
        this.clock = clock;
        wrongKeys = limiters.of("wrong keys", RateLimit.perMinute(WRONG_KEYS_PER_MINUTE), ADDRESSES_MAX);
        lookUps = limiters.of("keys", RateLimit.perMinute(LOOK_UPS_PER_MINUTE), ADDRESSES_MAX);
    }

    /// The tracker; fails with the [Problem] of a wrong key.
    CompletionStage<Tracker> authenticate(@Nullable String keyOrNone, ClientAddress client) {
        if (keyOrNone == null) {
            throw wrong("missing", client);
        }
        var key = TrackerKey.parse(keyOrNone).orElseThrow(() -> wrong("no key", client));
        if (keys.inMemoryOrNone(key) == null) {
            requireRate(lookUps, "keys", LOOK_UPS_PER_MINUTE, client);
        }
        return keys.find(key)
                .thenCompose(found -> found.filter(this::isTrusted)
                        .map(CompletableFuture::completedStage)
                        .orElseGet(() -> CompletableFuture.failedStage(wrong("unknown, deleted or revoked", client))));
    }

    /// A driver whose tokens are revoked creates its trackers anew.
    private boolean isTrusted(Tracker tracker) {
        return !revocations.isRevoked(new UserId(Role.DRIVER, tracker.driver()), Optional.of(tracker.createdAt()));
    }

    private Problem wrong(String what, ClientAddress client) {
        try {
            requireRate(wrongKeys, "wrong keys", WRONG_KEYS_PER_MINUTE, client);
            return Problem.of(Refusal.of(ErrorCode.UNAUTHENTICATED, FIELD + ": " + what + EXPECTED, FIELD));
        } catch (Problem tooMany) {
            return tooMany;
        }
    }

    private void requireRate(RateLimiter<String> limiter, String what, int perMinute, ClientAddress client) {
        var retryAfterMs = client.isLocal() ? 0 : limiter.acquire(client.network(), clock.millis());
        if (retryAfterMs > 0) {
            throw Problem.rateLimited(
                    what + ": too many from " + client.network() + " (expected: at most " + perMinute + " a minute)",
                    Duration.ofMillis(retryAfterMs));
        }
    }
}
