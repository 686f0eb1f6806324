package waybill.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts by name, since the start. A name is never removed, so there must be few of them, and none from clients.
/// Thread-safe.
public final class NamedCounters {

    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /// Increments a counter.
    public void add(String name) {
        var known = byName.get(name);
        (known == null ? byName.computeIfAbsent(name, _ -> new LongAdder()) : known).increment();
    }

    public long of(String name) {
        var count = byName.get(name);
        return count == null ? 0 : count.sum();
    }

    /// The counts.
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
