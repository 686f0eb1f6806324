package waybill.hub.position;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.limit.RateLimit;
import waybill.limit.TokenBucket;
import waybill.order.OrderId;

/// Limits how often a driver's position is published, and stores for which orders the next one is due. Used in
/// updates of the driver alone.
///
/// Each node has one for a driver that reports to it. A driver reports over one socket, which one node has; one with
/// sockets on two nodes is published up to twice as often, which a viewer does not see more of than its newest slot
/// holds. The order of the positions does not depend on it: an older one is dropped when it is classified.
public final class PositionThrottle {

    /// The time between two positions of a driver, in the long run.
    public static final int INTERVAL_MS = 500;

    /// Positions of a driver that are published at once before that.
    public static final int BURST = 10;

    private static final long NOT_DUE = Long.MAX_VALUE;

    /// At most this many orders are stored; with one more, the position is due for all of the driver's orders.
    private static final int NAMED_MAX = 20;

    private final RateLimit rateLimit;
    private final TokenBucket bucket;
    private long dueMs = NOT_DUE;
    private boolean isForAll;
    private final Set<OrderId> named = new LinkedHashSet<>();

    PositionThrottle(RateLimit rateLimit) {
        this.rateLimit = rateLimit;
        bucket = new TokenBucket(rateLimit);
    }

    /// Whether a position may be published now. If not, the newest one is due later.
    ///
    /// @param order the order it is published for; null for all of the driver's orders
    boolean tryEmit(@Nullable OrderId order, long nowMs) {
        if (dueMs == NOT_DUE) {
            if (bucket.take(nowMs)) {
                return true;
            }
            dueMs = nowMs + bucket.retryAfterMs();
        }
        if (order == null || named.size() == NAMED_MAX) {
            isForAll = true;
        } else {
            named.add(order);
        }
        return false;
    }

    /// The orders for which a position is due.
    ///
    /// @param isForAll whether it is due for all of the driver's orders
    /// @param named the orders it is due for otherwise
    record Due(boolean isForAll, Set<OrderId> named) {

        boolean isOf(OrderId order) {
            return isForAll || named.contains(order);
        }
    }

    /// Takes what is due now; null while it is too early. Nothing is due later than in one interval, so a later due
    /// time stems from a clock that was set back.
    @Nullable
    Due due(long nowMs) {
        if (dueMs == NOT_DUE || (nowMs < dueMs && dueMs - nowMs <= rateLimit.intervalMs())) {
            return null;
        }
        bucket.take(nowMs);
        var due = new Due(isForAll, Set.copyOf(named));
        dueMs = NOT_DUE;
        isForAll = false;
        named.clear();
        return due;
    }

    /// Whether nothing is due and the whole burst is available, as in a new instance.
    boolean isIdle(long nowMs) {
        return dueMs == NOT_DUE && bucket.isFull(nowMs);
    }
}
