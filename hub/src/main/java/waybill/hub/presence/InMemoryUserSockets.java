package waybill.hub.presence;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.access.UserId;

/// The counts of the nodes in this process. Thread-safe.
public final class InMemoryUserSockets implements UserSockets {

    private final Map<UserId, Integer> counts = new ConcurrentHashMap<>();

    @Override
    public boolean add(UserId user, int max) {
        var isAdded = new boolean[1];
        counts.compute(user, (_, known) -> {
            var count = known == null ? 0 : known;
            isAdded[0] = max == 0 || count < max;
            return isAdded[0] ? Integer.valueOf(count + 1) : known;
        });
        return isAdded[0];
    }

    @Override
    public void remove(UserId user) {
        counts.computeIfPresent(user, (_, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    @Override
    public int count(UserId user) {
        return counts.getOrDefault(user, 0);
    }

    @Override
    public int users() {
        return counts.size();
    }

    @Override
    public List<String> userIds(int max) {
        return counts.keySet().stream().map(UserId::id).limit(max).toList();
    }
}
