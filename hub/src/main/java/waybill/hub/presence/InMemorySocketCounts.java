package waybill.hub.presence;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The counts of the nodes in this process. Thread-safe.
public final class InMemorySocketCounts implements SocketCounts {

    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public void add(String channel) {
        counts.merge(channel, 1, Integer::sum);
    }

    @Override
    public void remove(String channel) {
        counts.computeIfPresent(channel, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    @Override
    public boolean hasAny(String channel) {
        return counts.containsKey(channel);
    }
}
