package waybill.server.live;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import waybill.order.OrderId;

/// The orders and drivers that a socket has subscribed to, so that its client has the same subscriptions when it
/// reconnects. Belongs to the socket's event loop, and to that of its successor when it is closed.
final class WatchList {

    /// Orders or drivers in the list. As many as a socket may have rooms; beyond that, the oldest are evicted.
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
