package waybill.hub.presence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The counts of the nodes in this process. Thread-safe.
public final class InMemorySocketCounts implements SocketCounts {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void add(String key) {
        counts.merge(key, 1, Integer::sum);
    }

    @Override
    public boolean add(String key, int max) {
        var isAdded = new boolean[1];
        counts.compute(key, (_, known) -> {
            var count = known == null ? 0 : known;
            isAdded[0] = count < max;
            return isAdded[0] ? Integer.valueOf(count + 1) : known;
        });
        return isAdded[0];
    }

    @Override
    public void remove(String key) {
        counts.computeIfPresent(key, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    @Override
    public int count(String key) {
        return counts.getOrDefault(key, 0);
    }
}
