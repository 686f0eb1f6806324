package waybill.limit;

/// The bucket of one owner, such as a socket, which takes from it on one thread or under its own lock.
public final class TokenBucket {

    private final RateLimit limit;
    private long fullAtUs;
    private long retryAfterMs;

    public TokenBucket(RateLimit limit) {
        this.limit = limit;
    }

    /// False when it is empty.
    public boolean take(long nowMs) {
        retryAfterMs = limit.retryAfterMs(fullAtUs, 1, nowMs);
        if (retryAfterMs > 0) {
            return false;
        }
        fullAtUs = limit.afterUs(fullAtUs, 1, nowMs);
        return true;
    }

    /// The time until the next permit, as of a [#take] that found none.
    public long retryAfterMs() {
        return retryAfterMs;
    }

    public boolean isFull(long nowMs) {
        return limit.isFull(fullAtUs, nowMs);
    }
}
