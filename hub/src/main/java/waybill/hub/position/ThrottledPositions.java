package waybill.hub.position;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import waybill.limit.RateLimit;
import waybill.order.OrderId;
import waybill.tracking.DriverPositions;

/// The throttle of each driver, and the drivers of which a position is due later. What concerns one driver is
/// called in updates of that driver.
final class ThrottledPositions {

    private final PositionPolicy policy;
    private final Map<String, PositionThrottle> throttles = new ConcurrentHashMap<>();
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    ThrottledPositions(PositionPolicy policy) {
        this.policy = policy;
    }

    /// Whether a position may be published now. If not, the newest one is due later.
    boolean tryEmit(String driver, @Nullable OrderId named, long nowMs) {
        if (policy.intervalMs() == 0) {
            return true;
        }
        var known = throttles.get(driver);
        var throttle = known == null ? throttles.computeIfAbsent(driver, _ -> newThrottle()) : known;
        if (throttle.tryEmit(named, nowMs)) {
            return true;
        }
        waiting.add(driver);
        return false;
    }

    private PositionThrottle newThrottle() {
        return new PositionThrottle(RateLimit.every(policy.intervalMs(), policy.burst()));
    }

    /// The drivers of which a position is due later.
    List<String> waiting() {
        return List.copyOf(waiting);
    }

    /// Takes what is due of a driver; null while it is too early.
    PositionThrottle.@Nullable Due pollDue(String driver, long nowMs) {
        var throttle = throttles.get(driver);
        var due = throttle == null ? null : throttle.due(nowMs);
        if (due != null || throttle == null) {
            waiting.remove(driver);
        }
        return due;
    }

    /// Whether there are so many drivers that idle ones are to be removed.
    boolean isOverfull() {
        return throttles.size() > DriverPositions.DRIVERS_MAX;
    }

    List<String> drivers() {
        return List.copyOf(throttles.keySet());
    }

    void removeIfIdle(String driver, long nowMs) {
        throttles.computeIfPresent(driver, (_, throttle) -> throttle.isIdle(nowMs) ? null : throttle);
    }
}
