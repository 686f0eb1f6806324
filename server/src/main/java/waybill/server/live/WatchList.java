package waybill.server.live;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import waybill.order.OrderId;

/// What a socket has asked to watch, so that its client watches the same when it comes back. Belongs to the socket's
/// event loop, and to that of its successor when it is gone.
final class WatchList {

    /// Orders or drivers that are remembered. As many as a socket may have rooms; of more, the oldest are forgotten.
    static final int MAX = 500;

    private final SequencedSet<OrderId> orders = new LinkedHashSet<>(2);
    private final SequencedSet<String> drivers = new LinkedHashSet<>(2);

    Set<OrderId> orders() {
        return orders;
    }

    Set<String> drivers() {
        return drivers;
    }

    void add(OrderId order) {
        add(orders, order);
    }

    void add(String driver) {
        add(drivers, driver);
    }

    private static <T> void add(SequencedSet<T> known, T one) {
        known.addLast(one);
        if (known.size() > MAX) {
            known.removeFirst();
        }
    }

    void remove(OrderId order) {
        orders.remove(order);
    }
}
