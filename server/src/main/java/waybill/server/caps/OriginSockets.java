package waybill.server.caps;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import waybill.order.OrderId;

/// The sockets that placed the orders which the relay has not published yet: a sender does not receive its own
/// pickup. A node relays to its own sockets, so those that are connected to it are all that it needs to know. As many
/// entries as there are orders between the journal and the relay, which the journal's limit bounds. Thread-safe.
final class OriginSockets {

    private final Map<OrderId, String> socketByOrder = new ConcurrentHashMap<>();

    void record(OrderId order, String socketId) {
        socketByOrder.put(order, socketId);
    }

    void remove(OrderId order) {
        socketByOrder.remove(order);
    }

    Optional<String> of(OrderId order) {
        return Optional.ofNullable(socketByOrder.get(order));
    }
}
