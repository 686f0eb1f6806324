package waybill.server.realtime;

/// How often something may be done: so many times at once, and again as time passes. Belongs to one event loop; time
/// comes in as an argument.
final class Budget {

    private final int max;
    private final long periodMs;
    private double left;
    private long filledMs;

    /// `max` times per period, evenly refilled; 0 is no limit at all.
    Budget(int max, long periodMs, long nowMs) {
        this.max = max;
        this.periodMs = periodMs;
        left = max;
        filledMs = nowMs;
    }

    /// False when it is spent.
    boolean take(long nowMs) {
        if (max == 0) {
            return true;
        }
        left = Math.min(max, left + (double) max * Math.max(0, nowMs - filledMs) / periodMs);
        filledMs = nowMs;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    /// When it is worth trying again.
    long retryAfterMs() {
        return (long) Math.ceil((1 - left) * periodMs / max);
    }
}
