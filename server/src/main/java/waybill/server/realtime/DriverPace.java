package waybill.server.realtime;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;
import waybill.tracking.Pace;

/// When the next position of one driver may be told, and of which orders it is told then. A monitor of a few lines.
final class DriverPace {

    private static final long NOTHING_WAITS = Long.MAX_VALUE;

    /// That many orders wait by name; when one more is named, all of the driver's are told.
    private static final int NAMED_MAX = 20;

    private Pace pace;
    private long dueMs = NOTHING_WAITS;
    private boolean isForAll;
    private final Set<OrderId> named = new LinkedHashSet<>();

    DriverPace(Pace pace) {
        this.pace = pace;
    }

    /// Whether a position may be told now. If not, the newest one is due later.
    ///
    /// @param order of which it is told; of all the driver's where none is named
    synchronized boolean mayTell(@Nullable OrderId order, long nowMs) {
        if (dueMs == NOTHING_WAITS) {
            switch (pace.ask(nowMs)) {
                case Pace.Answer.Now(var next) -> {
                    pace = next;
                    return true;
                }
                case Pace.Answer.Later(var atMs) -> dueMs = atMs;
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
    record Due(boolean isForAll, Set<OrderId> named) {

        boolean isOf(OrderId order) {
            return isForAll || named.contains(order);
        }
    }

    /// What is due now, and then waits no more; null while it is too early. Nothing waits for longer than one interval,
    /// so what seems to is a clock that was set back.
    synchronized @Nullable Due due(long nowMs) {
        if (dueMs == NOTHING_WAITS || (nowMs < dueMs && dueMs - nowMs <= pace.intervalMs())) {
            return null;
        }
        if (pace.ask(nowMs) instanceof Pace.Answer.Now(var next)) {
            pace = next;
        }
        var due = new Due(isForAll, Set.copyOf(named));
        dueMs = NOTHING_WAITS;
        isForAll = false;
        named.clear();
        return due;
    }

    /// Whether nothing waits and all of the burst is there: as if it were new.
    synchronized boolean isRested(long nowMs) {
        return dueMs == NOTHING_WAITS && pace.isUnspent(nowMs);
    }
}
