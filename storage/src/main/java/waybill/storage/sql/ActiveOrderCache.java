package waybill.storage.sql;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.order.OrderId;

/// Orders that are not over, as the thread that writes them has left them, so that most commands read no row. It
/// can only differ from the table by what is written with the commit: a transaction that is rolled back clears it.
/// Belongs to the thread that writes.
///
/// It does not learn what another writer changes. A store has one writer, but for one that ignores the lock of its
/// directory, and what is decided on an order that such a writer has changed is never committed: every change appends
/// an
/// event, whose sequence the other has taken, so the batch fails and reports the writer. Only an answer that changes
/// nothing, such as that a command was executed before, may be of the order as it was.
final class ActiveOrderCache {

    /// Orders kept in memory; the one unused for longest makes room and is read from its row when needed.
    private static final int ORDERS_MAX = 8_192;

    /// An order with a longer document is read from its row each time.
    static final int DOCUMENT_CHARACTERS_MAX = 4_096;

    private record MessageKey(String store, String messageId) {}

    private final Map<MessageKey, Order> byMessageId = new HashMap<>();
    private final Map<OrderId, Order> byId = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<OrderId, Order> eldest) {
            if (size() <= ORDERS_MAX) {
                return false;
            }
            byMessageId.remove(key(eldest.getValue()));
            return true;
        }
    };

    @Nullable
    Order find(OrderId id) {
        return byId.get(id);
    }

    @Nullable
    Order find(String store, String messageId) {
        return byMessageId.get(new MessageKey(store, messageId));
    }

    boolean isCacheable(Order order) {
        return order.details().document().length() <= DOCUMENT_CHARACTERS_MAX;
    }

    void put(Order order) {
        if (!isCacheable(order)) {
            return;
        }
        byId.put(order.id(), order);
        byMessageId.put(key(order), order);
    }

    void remove(Order order) {
        byId.remove(order.id());
        byMessageId.remove(key(order));
    }

    void clear() {
        byId.clear();
        byMessageId.clear();
    }

    private static MessageKey key(Order order) {
        return new MessageKey(order.store(), order.messageId());
    }
}
