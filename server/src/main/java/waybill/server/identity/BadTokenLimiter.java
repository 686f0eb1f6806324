package waybill.server.identity;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.tracking.RateLimit;

/// How many tokens from one address may be refused, so that whoever guesses has little to gain. A monitor of a few
/// lines: safe from any thread.
final class BadTokenLimiter {

    /// Addresses that are remembered. Beyond that, the one that sent none to refuse for longest is forgotten.
    static final int ADDRESSES_MAX = 10_000;

    private static final int MINUTE_MS = 60_000;

    private final int perMinute;
    private final LinkedHashMap<String, RateLimit> limits = new LinkedHashMap<>();

    /// So many a minute in the long run, and as many at once; 0 is no limit at all.
    BadTokenLimiter(int perMinute) {
        this.perMinute = perMinute;
    }

    int perMinute() {
        return perMinute;
    }

    /// Empty when a bad token from that address is told what is wrong with it, or after how long one is.
    synchronized Optional<Duration> retryAfter(String address, long nowMs) {
        if (perMinute == 0) {
            return Optional.empty();
        }
        return switch (limit(address).tryAcquire(nowMs)) {
            case RateLimit.Acquisition.Allowed _ -> Optional.empty();
            case RateLimit.Acquisition.Throttled(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }

    /// One was refused.
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
