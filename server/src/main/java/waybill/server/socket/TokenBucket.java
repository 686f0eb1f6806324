package waybill.server.socket;

/// A token bucket: so many events at once, and again as time passes. Belongs to one event loop; time comes in as an
/// argument.
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

    /// False when it is empty.
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

    /// The time until the next event.
    public long retryAfterMs() {
        return (long) Math.ceil((1 - tokens) * periodMs / max);
    }
}
