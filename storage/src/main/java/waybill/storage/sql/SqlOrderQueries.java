package waybill.storage.sql;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderMatches;
import waybill.order.OrderQueries;
import waybill.order.OrderSearch;

/// How orders stand, as committed.
public final class SqlOrderQueries implements OrderQueries {

    /// As the index of those orders has it, word for word; the numbers in it are those of
    /// [waybill.storage.sql.EnumCodes].
    private static final String AWAITS_ACCEPTANCE = "state IN (1, 2) AND accept_by IS NOT NULL";

    private final ReadConnections connections;

    public SqlOrderQueries(ReadConnections readers) {
        this.connections = readers;
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return connections.read(connection -> {
            try (var query = connection.prepare(OrderRow.SELECT + "WHERE o.id = ?")) {
                query.setBytes(1, OrderRow.bytes(id));
                return OrderRow.orders(query).stream().findFirst();
            }
        });
    }

    @Override
    public List<ListedOrder> listOrders(OrderFilter filter) {
        var conditions = OrderConditions.of(filter);
        var sql = OrderRow.SELECT + "WHERE o.order_row < ?" + conditions.sql() + " ORDER BY o.order_row DESC LIMIT "
                + filter.max();
        return connections.read(connection -> {
            try (var query = connection.prepare(sql)) {
                query.setLong(1, filter.placedBefore());
                conditions.set(query, 2);
                return OrderRow.listedOrders(query);
            }
        });
    }

    @Override
    public OrderMatches search(OrderSearch search, OrderFilter filter) {
        return connections.read(
                connection -> new SqlOrderSearch(connection, connections.dialect(), search, filter).run());
    }

    @Override
    public List<Order> listOverdue(Instant now, int max) {
        return connections.read(connection -> {
            try (var query = connection.prepare(OrderRow.SELECT + "WHERE " + AWAITS_ACCEPTANCE
                    + " AND o.accept_by <= ? ORDER BY o.accept_by, o.order_row LIMIT ?")) {
                query.setLong(1, now.toEpochMilli());
                query.setInt(2, max);
                return OrderRow.orders(query);
            }
        });
    }

    @Override
    public List<Order> idleSince(Instant before, int max) {
        return connections.read(connection -> {
            try (var query = connection.prepare(OrderRow.SELECT + "JOIN event e ON e.position = o.version"
                    + " WHERE o.active = 1 AND e.received_at < ? ORDER BY o.order_row LIMIT ?")) {
                query.setLong(1, before.toEpochMilli());
                query.setInt(2, max);
                return OrderRow.orders(query);
            }
        });
    }
}
