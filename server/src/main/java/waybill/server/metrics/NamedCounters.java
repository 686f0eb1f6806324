package waybill.server.metrics;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts by name, since the start. A name is never removed, so there must be few of them, and none from clients. A
/// backend may
/// use many.
/// Thread-safe.
public final class NamedCounters {

    /// Names that are counted. Further ones are counted together, as [#OTHER].
    private static final int NAMES_MAX = 500;

    private static final String OTHER = "other";

    private final Map<String, LongAdder> byName = new ConcurrentHashMap<>();

    /// Increments a counter.
    public void add(String name) {
        var known = byName.get(name);
        (known == null ? counter(name) : known).increment();
    }

    private LongAdder counter(String name) {
        return byName.computeIfAbsent(byName.size() < NAMES_MAX ? name : OTHER, _ -> new LongAdder());
    }

    public long of(String name) {
        var count = byName.get(name);
        return count == null ? 0 : count.sum();
    }

    /// The sum of all counts.
    public long total() {
        return byName.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// The counts.
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
