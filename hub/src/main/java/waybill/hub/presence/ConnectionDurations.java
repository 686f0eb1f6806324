package waybill.hub.presence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import waybill.access.Role;

/// How long the connections of users lasted that have ended since the start, by namespace and role. Thread-safe.
public final class ConnectionDurations {

    /// Upper bounds of the classes in which durations are counted; the last class has none.
    private static final List<Duration> BOUNDS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(24));

    private record Key(String namespace, Role role) {}

    private static final class Counts {
        final AtomicLongArray classes = new AtomicLongArray(BOUNDS.size() + 1);
        final LongAdder totalMs = new LongAdder();
    }

    private final Map<Key, Counts> counts = new ConcurrentHashMap<>();

    /// The connections of one role in one namespace.
    ///
    /// @param medianAtMost half of them lasted no longer; a bound of a class, the longest for those beyond it
    /// @param p95AtMost the same of 95 in 100
    public record Summary(
            String namespace, Role role, long count, Duration total, Duration medianAtMost, Duration p95AtMost) {}

    public void record(String namespace, Role role, Duration lasted) {
        var of = counts.computeIfAbsent(new Key(namespace, role), _ -> new Counts());
        of.totalMs.add(lasted.toMillis());
        of.classes.incrementAndGet(classOf(lasted));
    }

    private static int classOf(Duration lasted) {
        for (var i = 0; i < BOUNDS.size(); i++) {
            if (lasted.compareTo(BOUNDS.get(i)) <= 0) {
                return i;
            }
        }
        return BOUNDS.size();
    }

    /// Sorted by namespace and role.
    public List<Summary> summaries() {
        return counts.entrySet().stream()
                .map(entry -> summary(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Summary::namespace).thenComparing(Summary::role))
                .toList();
    }

    private static Summary summary(Key key, Counts of) {
        var classes = new long[of.classes.length()];
        var count = 0L;
        for (var i = 0; i < classes.length; i++) {
            classes[i] = of.classes.get(i);
            count += classes[i];
        }
        return new Summary(
                key.namespace,
                key.role,
                count,
                Duration.ofMillis(of.totalMs.sum()),
                percentile(classes, count, 0.5),
                percentile(classes, count, 0.95));
    }

    private static Duration percentile(long[] classes, long count, double share) {
        var left = (long) Math.ceil(count * share);
        for (var i = 0; i < BOUNDS.size(); i++) {
            left -= classes[i];
            if (left <= 0) {
                return BOUNDS.get(i);
            }
        }
        return BOUNDS.getLast();
    }
}
