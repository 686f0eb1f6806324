package waybill.hub.position;

import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.tracking.DriverPositions;

/// The rate limits of each driver across all interfaces. Their locks are of a share of the drivers each, because
/// every position takes one.
public final class DriverRateLimits {

    /// History points that a driver may send at once: two hours at one a second.
    public static final int POINTS_BURST = 7_200;

    /// Order look-ups of a driver in a minute, and at once.
    private static final int LOOK_UPS_PER_MINUTE = 60;

    private static final int SHARDS = 64;

    private DriverRateLimits() {}

    /// Points for the history; 0 is no limit.
    public static RateLimiter<String> ofPoints(int perMinute) {
        return new InMemoryRateLimiter<>(
                RateLimit.perMinute(perMinute, POINTS_BURST), DriverPositions.DRIVERS_MAX, SHARDS);
    }

    public static RateLimiter<String> ofLookUps() {
        return new InMemoryRateLimiter<>(RateLimit.perMinute(LOOK_UPS_PER_MINUTE), DriverPositions.DRIVERS_MAX, SHARDS);
    }
}
