package waybill.server.rest.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.access.UserId;
import waybill.tracking.RateLimit;

/// Limits the rate of a user's requests, by kind. A monitor of a few lines: safe from any thread.
final class RequestRateLimiter {

    /// Users in memory. Beyond that, the least recently seen is evicted, and starts anew.
    static final int USERS_MAX = 10_000;

    private static final int SECOND_MS = 1_000;

    private final int perSecond;
    private final LinkedHashMap<UserId, RateLimit> limits = new LinkedHashMap<>();

    /// The rate per second, and the burst; 0 is no limit.
    RequestRateLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    int perSecond() {
        return perSecond;
    }

    /// Empty when the request is allowed, or else the time to retry.
    synchronized Optional<Duration> tryAcquire(UserId user, long nowMs) {
        if (perSecond == 0) {
            return Optional.empty();
        }
        var pace = limits.getOrDefault(user, new RateLimit(Math.max(1, SECOND_MS / perSecond), perSecond, 0));
        return switch (pace.tryAcquire(nowMs)) {
            case RateLimit.Acquisition.Allowed(var next) -> {
                limits.putLast(user, next);
                if (limits.size() > USERS_MAX) {
                    limits.pollFirstEntry();
                }
                yield Optional.empty();
            }
            case RateLimit.Acquisition.Throttled(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }
}
