package waybill.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts by name, since the start. A name is remembered for ever, so there must be few of them: none that a client
/// makes up. Thread-safe.
public final class NamedCounters {

    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /// One more.
    public void add(String name) {
        var known = byName.get(name);
        (known == null ? byName.computeIfAbsent(name, _ -> new LongAdder()) : known).increment();
    }

    public long of(String name) {
        var count = byName.get(name);
        return count == null ? 0 : count.sum();
    }

    /// What has been counted so far.
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
