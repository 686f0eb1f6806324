package waybill.limit;

import java.util.List;
import java.util.stream.Stream;

/// The rate limits of one node, one bucket per key. Beyond the maximal number of keys, the one that acquired or was
/// rejected least recently is evicted, and starts with a full bucket. Each shard is a monitor of a few lines.
public final class InMemoryRateLimiter<K> implements RateLimiter<K> {

    private final RateLimit limit;
    private final List<Shard<K>> shards;

    public InMemoryRateLimiter(RateLimit limit, int keysMax) {
        this(limit, keysMax, 1);
    }

    /// @param shards parts of the keys, for callers on a hot path that should not take one lock; each holds and evicts
    ///     its share of them
    public InMemoryRateLimiter(RateLimit limit, int keysMax, int shards) {
        this.limit = limit;
        this.shards = Stream.generate(() -> new Shard<K>(limit, Math.ceilDiv(keysMax, shards)))
                .limit(shards)
                .toList();
    }

    @Override
    public long acquire(K key, int permits, long nowMs) {
        return limit.isUnlimited()
                ? 0
                : shards.get(Math.floorMod(key.hashCode(), shards.size())).acquire(key, permits, nowMs);
    }

    /// Takes permits that were acquired elsewhere, down to an empty bucket.
    public void charge(K key, int permits, long nowMs) {
        if (!limit.isUnlimited()) {
            shards.get(Math.floorMod(key.hashCode(), shards.size())).charge(key, permits, nowMs);
        }
    }

    private static final class Shard<K> {

        private final RateLimit limit;
        private final RecentKeys<K, Long> fullAtUs;

        Shard(RateLimit limit, int keysMax) {
            this.limit = limit;
            fullAtUs = new RecentKeys<>(keysMax);
        }

        synchronized long acquire(K key, int permits, long nowMs) {
            var before = fullAtUs.getOrDefault(key, 0L);
            var retryAfterMs = limit.retryAfterMs(before, permits, nowMs);
            fullAtUs.put(key, retryAfterMs > 0 ? before : limit.afterUs(before, permits, nowMs));
            return retryAfterMs;
        }

        synchronized void charge(K key, int permits, long nowMs) {
            fullAtUs.put(key, limit.afterChargeUs(fullAtUs.getOrDefault(key, 0L), permits, nowMs));
        }
    }
}
