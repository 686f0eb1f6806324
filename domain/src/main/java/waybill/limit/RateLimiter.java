package waybill.limit;

/// Limits how often each key, such as a user or an address, may do something. A port: what several nodes share may be
/// counted for all of them.
@FunctionalInterface
public interface RateLimiter<K> {

    /// Acquires `permits` for `key`, or none of them. Never blocks, and is safe from any thread.
    ///
    /// @return 0 when they were acquired, or else the milliseconds after which they would be
    long acquire(K key, int permits, long nowMs);

    /// Acquires one permit.
    default long acquire(K key, long nowMs) {
        return acquire(key, 1, nowMs);
    }
}
