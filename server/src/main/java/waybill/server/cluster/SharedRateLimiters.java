package waybill.server.cluster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import waybill.limit.InMemoryRateLimiter;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;

/// The limits that hold for all nodes. Each node has all buckets, and learns every tenth of a second what the others
/// have taken from them: so a key may have as many permits more as the other nodes give it in that time, and while
/// Redis is away, as many as there are nodes. Thread-safe; none waits.
final class SharedRateLimiters implements RateLimiters {

    /// Keys whose permits wait to be published; what further ones acquire counts on this node alone.
    static final int PENDING_MAX = 10_000;

    static final int BATCH_MAX = 1_000;

    private final InstantSource clock;
    private final Map<String, InMemoryRateLimiter<String>> byName = new ConcurrentHashMap<>();
    private final Map<Key, Integer> pending = new ConcurrentHashMap<>();

    private record Key(String limiter, String key) {}

    SharedRateLimiters(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public RateLimiter<String> of(String name, RateLimit limit, int keysMax) {
        var own = byName.computeIfAbsent(name, _ -> new InMemoryRateLimiter<>(limit, keysMax));
        if (limit.isUnlimited()) {
            return own;
        }
        return (key, permits, nowMs) -> {
            var retryAfterMs = own.acquire(key, permits, nowMs);
            if (retryAfterMs == 0 && pending.size() < PENDING_MAX) {
                pending.merge(new Key(name, key), permits, Integer::sum);
            }
            return retryAfterMs;
        };
    }

    // ---- for the node

    /// Passes on what was acquired since, in batches.
    void flush(Consumer<List<NodeMessage.Acquired>> publish) {
        var batch = new ArrayList<NodeMessage.Acquired>();
        for (var key : List.copyOf(pending.keySet())) {
            var permits = pending.remove(key);
            if (permits != null) {
                batch.add(new NodeMessage.Acquired(key.limiter, key.key, permits));
            }
            if (batch.size() == BATCH_MAX) {
                publish.accept(List.copyOf(batch));
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            publish.accept(batch);
        }
    }

    /// What was acquired while the other nodes are not reached is not told them later: it would count as acquired then.
    void forget() {
        pending.clear();
    }

    /// Another node has given these permits.
    void onAcquired(List<NodeMessage.Acquired> acquired) {
        for (var one : acquired) {
            var limiter = byName.get(one.limiter());
            if (limiter != null) {
                limiter.charge(one.key(), one.permits(), clock.millis());
            }
        }
    }
}
