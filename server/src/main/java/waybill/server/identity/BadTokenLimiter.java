package waybill.server.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.tracking.RateLimit;

/// Limits the rejected tokens of one address, so that guessing tokens does not pay. A monitor of a few lines: safe
/// from any thread.
final class BadTokenLimiter {

    /// Addresses in memory. Beyond that, the one without a rejected token for the longest time is evicted.
    static final int ADDRESSES_MAX = 10_000;

    private static final int MINUTE_MS = 60_000;

    private final int perMinute;
    private final LinkedHashMap<String, RateLimit> limits = new LinkedHashMap<>();

    /// The rate per minute, and the burst; 0 is no limit.
    BadTokenLimiter(int perMinute) {
        this.perMinute = perMinute;
    }

    int perMinute() {
        return perMinute;
    }

    /// Empty when a bad token from that address gets its reason, or else the time to retry.
    synchronized Optional<Duration> retryAfter(String address, long nowMs) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        return switch (limit(address).tryAcquire(nowMs)) {
            case RateLimit.Acquisition.Allowed _ -> Optional.empty();
            case RateLimit.Acquisition.Throttled(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }

    /// A token was rejected.
    synchronized void record(String address, long nowMs) {
        if (perMinute == 0) {
            return;
        }
        if (limit(address).tryAcquire(nowMs) instanceof RateLimit.Acquisition.Allowed(var next)) {
            limits.putLast(address, next);
            if (limits.size() > ADDRESSES_MAX) {
                limits.pollFirstEntry();
            }
        }
    }

    private RateLimit limit(String address) {
        return limits.getOrDefault(address, new RateLimit(Math.max(1, MINUTE_MS / perMinute), perMinute, 0));
    }
}
