package waybill.hub.position;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;

/// Looks at every active order now and then, whose ETA moves also without a position: the driver stands still, the
/// store is late, or the promise has passed. A few orders at a time, so that it delays nothing else. Belongs to one
/// thread.
final class EtaSweep {

    /// Orders in one run.
    static final int ORDERS_MAX = 50;

    /// The time from the begin of one sweep to that of the next.
    static final long EVERY_MS = 5_000;

    private final ActiveOrders activeOrders;
    private final Consumer<Order> visitor;
    private Iterator<Order> remaining = List.<Order>of().iterator();
    private long startedAtMs = Long.MIN_VALUE;

    EtaSweep(ActiveOrders activeOrders, Consumer<Order> visitor) {
        this.activeOrders = activeOrders;
        this.visitor = visitor;
    }

    void run(long nowMs) {
        if (!remaining.hasNext()) {
            if (nowMs >= startedAtMs && nowMs < startedAtMs + EVERY_MS) {
                return;
            }
            remaining = activeOrders.iterator();
            startedAtMs = nowMs;
        }
        for (var i = 0; i < ORDERS_MAX && remaining.hasNext(); i++) {
            visitor.accept(remaining.next());
        }
    }
}
