package waybill.server.rest.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import waybill.access.UserId;
import waybill.tracking.RateLimit;

/// How often somebody may ask, by kind of request. A monitor of a few lines: safe from any thread.
final class RequestRateLimiter {

    /// Askers that are remembered. Beyond that, who has not asked for longest is forgotten, and has not asked yet.
    static final int USERS_MAX = 10_000;

    private static final int SECOND_MS = 1_000;

    private final int perSecond;
    private final LinkedHashMap<UserId, RateLimit> limits = new LinkedHashMap<>();

    /// So many a second in the long run, and as many at once; 0 is no limit at all.
    RequestRateLimiter(int perSecond) {
        this.perSecond = perSecond;
    }

    int perSecond() {
        return perSecond;
    }

    /// Empty when it may be now, or after how long it may.
    synchronized Optional<Duration> tryAcquire(UserId who, long nowMs) {
        if (perSecond == 0) {
            return Optional.empty();
        }
        var pace = limits.getOrDefault(who, new RateLimit(Math.max(1, SECOND_MS / perSecond), perSecond, 0));
        return switch (pace.tryAcquire(nowMs)) {
            case RateLimit.Acquisition.Allowed(var next) -> {
                limits.putLast(who, next);
                if (limits.size() > USERS_MAX) {
                    limits.pollFirstEntry();
                }
                yield Optional.empty();
            }
            case RateLimit.Acquisition.Throttled(var atMs) -> Optional.of(Duration.ofMillis(atMs - nowMs));
        };
    }
}
