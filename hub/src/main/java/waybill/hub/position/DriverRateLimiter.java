package waybill.hub.position;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import waybill.tracking.DriverPositions;

/// A rate limit per driver across all interfaces: a token bucket each, by the generic cell rate algorithm, which a
/// clock that is set back does not block. Thread-safe and lock-free.
public final class DriverRateLimiter {

    /// History points that a driver may send at once: two hours at one a second.
    public static final int POINTS_BURST = 7_200;

    /// Order look-ups of a driver at once.
    static final int LOOK_UPS_BURST = 60;

    /// Order look-ups of a driver in a minute.
    static final int LOOK_UPS_PER_MINUTE = 60;

    private static final long MINUTE_US = 60_000_000;
    private static final long MILLI_US = 1_000;

    private final long intervalUs; // per permit; 0 is no limit
    private final long capacityUs;
    private final Map<String, AtomicLong> spentUntilUs = new ConcurrentHashMap<>();

    private DriverRateLimiter(int perMinute, int burst) {
        intervalUs = perMinute == 0 ? 0 : Math.max(1, MINUTE_US / perMinute);
        capacityUs = burst * intervalUs;
    }

    public static DriverRateLimiter ofPoints(int perMinute) {
        return new DriverRateLimiter(perMinute, POINTS_BURST);
    }

    public static DriverRateLimiter ofLookUps() {
        return new DriverRateLimiter(LOOK_UPS_PER_MINUTE, LOOK_UPS_BURST);
    }

    /// Acquires `count` permits, or none.
    public boolean tryAcquire(String driver, int count, long nowMs) {
        if (intervalUs == 0) {
            return true;
        }
        var nowUs = nowMs * MILLI_US;
        var spentUntil = spentUntilUs.computeIfAbsent(driver, _ -> new AtomicLong());
        while (true) {
            var spent = spentUntil.get();
            var next = after(spent, count, nowUs);
            if (next > nowUs + capacityUs) {
                return false;
            }
            if (spentUntil.compareAndSet(spent, next)) {
                return true;
            }
        }
    }

    /// How long until `count` permits are available.
    public long retryAfterMs(String driver, int count, long nowMs) {
        var spent = spentUntilUs.get(driver);
        var nowUs = nowMs * MILLI_US;
        var overUs = spent == null ? 0 : after(spent.get(), count, nowUs) - capacityUs - nowUs;
        return Math.max(1, Math.ceilDiv(overUs, MILLI_US));
    }

    private long after(long spentUs, int count, long nowUs) {
        var isUnspent = spentUs < nowUs || spentUs > nowUs + capacityUs;
        return (isUnspent ? nowUs : spentUs) + count * intervalUs;
    }

    /// Evicts drivers with a full burst, once there are many.
    public void trim(long nowMs) {
        if (spentUntilUs.size() > DriverPositions.DRIVERS_MAX) {
            spentUntilUs.values().removeIf(spent -> spent.get() <= nowMs * MILLI_US);
        }
    }
}
