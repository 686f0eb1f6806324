package waybill.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The limits of the nodes in this process. Thread-safe.
public final class InMemoryRateLimiters implements RateLimiters {

    private final Map<String, RateLimiter<String>> byName = new ConcurrentHashMap<>();

    @Override
    public RateLimiter<String> of(String name, RateLimit limit, int keysMax) {
        return byName.computeIfAbsent(name, _ -> new InMemoryRateLimiter<>(limit, keysMax));
    }
}
