package waybill.limit;

/// How often something may happen: `burst` times at once, and once every `intervalUs` in the long run.
///
/// The state of a bucket is the time at which it is full again, in microseconds; 0 is a full one. A time further ahead
/// than that of an empty bucket stems from a clock that was set back since, and counts as full.
///
/// @param intervalUs microseconds until one more permit; 0 is no limit
public record RateLimit(long intervalUs, int burst) {

    private static final long MILLI_US = 1_000;
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    public RateLimit {
        if (intervalUs < 0) {
            throw new IllegalArgumentException("intervalUs: " + intervalUs + " (expected: 0 for no limit, or more)");
        }
        if (burst < 1 && intervalUs > 0) {
            throw new IllegalArgumentException("burst: " + burst + " (expected: at least 1)");
        }
    }

    /// `burst` times at once, then once every `intervalMs`; 0 is no limit.
    public static RateLimit every(long intervalMs, int burst) {
        return new RateLimit(intervalMs * MILLI_US, burst);
    }

    /// `max` times in a period, and at once; 0 is no limit.
    public static RateLimit in(long periodMs, int max) {
        return in(periodMs, max, max);
    }

    public static RateLimit perSecond(int max) {
        return in(SECOND_MS, max);
    }

    public static RateLimit perMinute(int max) {
        return in(MINUTE_MS, max);
    }

    public static RateLimit perMinute(int max, int burst) {
        return in(MINUTE_MS, max, burst);
    }

    private static RateLimit in(long periodMs, int max, int burst) {
        return new RateLimit(max == 0 ? 0 : Math.max(1, periodMs * MILLI_US / max), burst);
    }

    public boolean isUnlimited() {
        return intervalUs == 0;
    }

    public long intervalMs() {
        return intervalUs / MILLI_US;
    }

    /// The time until the bucket has `permits`; 0 when it has them now.
    public long retryAfterMs(long fullAtUs, int permits, long nowMs) {
        var missingUs = afterUs(fullAtUs, permits, nowMs) - nowMs * MILLI_US - capacityUs();
        return isUnlimited() ? 0 : Math.max(0, Math.ceilDiv(missingUs, MILLI_US));
    }

    /// The time at which the bucket is full again, after `permits` were taken.
    public long afterUs(long fullAtUs, int permits, long nowMs) {
        return (isFull(fullAtUs, nowMs) ? nowMs * MILLI_US : fullAtUs) + permits * intervalUs;
    }

    /// The time at which the bucket is full again, after `permits` were taken from it, or as many as it has.
    public long afterChargeUs(long fullAtUs, int permits, long nowMs) {
        return Math.min(afterUs(fullAtUs, permits, nowMs), nowMs * MILLI_US + capacityUs());
    }

    /// Whether the whole burst is available.
    public boolean isFull(long fullAtUs, long nowMs) {
        var nowUs = nowMs * MILLI_US;
        return fullAtUs <= nowUs || fullAtUs > nowUs + capacityUs();
    }

    private long capacityUs() {
        return burst * intervalUs;
    }
}
