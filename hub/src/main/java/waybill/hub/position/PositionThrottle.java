package waybill.hub.position;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;
import waybill.tracking.RateLimit;

/// When the next position of one driver may be told, and of which orders it is told then. A monitor of a few lines.
public final class PositionThrottle {

    private static final long NOT_WAITING = Long.MAX_VALUE;

    /// That many orders wait by name; when one more is named, all of the driver's are told.
    private static final int NAMED_MAX = 20;

    private RateLimit rateLimit;
    private long dueMs = NOT_WAITING;
    private boolean isForAll;
    private final Set<OrderId> named = new LinkedHashSet<>();

    public PositionThrottle(RateLimit pace) {
        this.rateLimit = pace;
    }

    /// Whether a position may be told now. If not, the newest one is due later.
    ///
    /// @param order of which it is told; of all the driver's where none is named
    public synchronized boolean tryEmit(@Nullable OrderId order, long nowMs) {
        if (dueMs == NOT_WAITING) {
            switch (rateLimit.tryAcquire(nowMs)) {
                case RateLimit.Acquisition.Allowed(var next) -> {
                    rateLimit = next;
                    return true;
                }
                case RateLimit.Acquisition.Throttled(var atMs) -> dueMs = atMs;
            }
        }
        if (order == null || named.size() == NAMED_MAX) {
            isForAll = true;
        } else {
            named.add(order);
        }
        return false;
    }

    /// What is due.
    ///
    /// @param isForAll whether it is all of the driver's orders
    /// @param named otherwise it is these
    public record Due(boolean isForAll, Set<OrderId> named) {

        public boolean isOf(OrderId order) {
            return isForAll || named.contains(order);
        }
    }

    /// What is due now, and then waits no more; null while it is too early. Nothing waits for longer than one interval,
    /// so what seems to is a clock that was set back.
    synchronized @Nullable public Due due(long nowMs) {
        if (dueMs == NOT_WAITING || (nowMs < dueMs && dueMs - nowMs <= rateLimit.intervalMs())) {
            return null;
        }
        if (rateLimit.tryAcquire(nowMs) instanceof RateLimit.Acquisition.Allowed(var next)) {
            rateLimit = next;
        }
        var due = new Due(isForAll, Set.copyOf(named));
        dueMs = NOT_WAITING;
        isForAll = false;
        named.clear();
        return due;
    }

    /// Whether nothing waits and all of the burst is there: as if it were new.
    public synchronized boolean isIdle(long nowMs) {
        return dueMs == NOT_WAITING && rateLimit.isIdle(nowMs);
    }
}
