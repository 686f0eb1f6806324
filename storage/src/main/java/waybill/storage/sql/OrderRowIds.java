package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import waybill.order.ListedOrder;
import waybill.order.OrderId;

/// The numbers of the rows of orders: outside the storage an order has its id alone. A number never changes, so memory
/// and table can only differ by the orders that a rolled-back transaction placed: [#clear] drops those with the rest.
/// Belongs to the thread that writes.
///
/// A transaction changes only orders that it has found or placed, so their numbers are in memory.
final class OrderRowIds {

    /// Numbers in memory: more than one batch reads and places. The one unused for longest makes room.
    private static final int CACHED_MAX = 16_384;

    private final PreparedStatement find;
    private final Map<OrderId, Long> rows = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<OrderId, Long> eldest) {
            return size() > CACHED_MAX;
        }
    };

    OrderRowIds(Statements statements) throws SQLException {
        find = statements.prepare("SELECT order_row FROM orders WHERE id = ?");
    }

    void add(ListedOrder listed) {
        add(listed.order().id(), listed.placedSequence());
    }

    void add(OrderId order, long row) {
        rows.put(order, row);
    }

    long require(OrderId order) throws SQLException {
        var known = rows.get(order);
        if (known != null) {
            return known;
        }
        find.setBytes(1, OrderRow.bytes(order));
        try (var found = find.executeQuery()) {
            if (!found.next()) {
                throw new IllegalStateException("order " + order + ": does not exist (expected: one that was found)");
            }
            add(order, found.getLong(1));
            return found.getLong(1);
        }
    }

    void clear() {
        rows.clear();
    }
}
