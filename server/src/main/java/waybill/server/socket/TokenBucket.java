package waybill.server.socket;

/// How often something may be done: so many times at once, and again as time passes. Belongs to one event loop; time
/// comes in as an argument.
public final class TokenBucket {

    private final int max;
    private final long periodMs;
    private double tokens;
    private long refilledAtMs;

    /// `max` times per period, evenly refilled; 0 is no limit at all.
    public TokenBucket(int max, long periodMs, long nowMs) {
        this.max = max;
        this.periodMs = periodMs;
        tokens = max;
        refilledAtMs = nowMs;
    }

    /// False when it is spent.
    public boolean take(long nowMs) {
        if (max == 0) {
            return true;
        }
        tokens = Math.min(max, tokens + (double) max * Math.max(0, nowMs - refilledAtMs) / periodMs);
        refilledAtMs = nowMs;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /// When it is worth trying again.
    public long retryAfterMs() {
        return (long) Math.ceil((1 - tokens) * periodMs / max);
    }
}
