package waybill.server.caps;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.access.UserId;
import waybill.server.socket.AdmissionLimits;

/// The number of `/caps` sockets of each authenticated user. Thread-safe.
final class CapsUserSockets {

    private final Map<UserId, Integer> sockets = new ConcurrentHashMap<>();

    int count(UserId user) {
        return sockets.getOrDefault(user, 0);
    }

    /// Counts one more, unless the limit is reached.
    boolean add(UserId user, AdmissionLimits limits) {
        var isIn = new boolean[1];
        sockets.compute(user, (_, known) -> {
            var count = known == null ? 0 : known;
            isIn[0] = !limits.isFull(count);
            return isIn[0] ? Integer.valueOf(count + 1) : known;
        });
        return isIn[0];
    }

    void remove(UserId user) {
        sockets.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }
}
