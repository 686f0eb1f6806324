package waybill.storage.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.order.OrderState;
import waybill.storage.sql.EnumCodes;
import waybill.storage.sql.OrderRow;

/// How orders stand, as committed.
public final class SqliteOrderQueries implements OrderQueries {

    /// As the index of those orders has it, word for word; the numbers in it are those of [EnumCodes].
    private static final String AWAITS_ACCEPTANCE = "state IN (1, 2) AND accept_by IS NOT NULL";

    private final ReadConnectionPool connections;

    public SqliteOrderQueries(ReadConnectionPool readers) {
        this.connections = readers;
    }

    @Override
    public Optional<Order> findOrder(OrderId id) {
        return connections.read(connection -> {
            try (var query = connection.prepareStatement(OrderRow.SELECT + "WHERE o.id = ?")) {
                query.setBytes(1, OrderRow.bytes(id));
                return OrderRow.orders(query).stream().findFirst();
            }
        });
    }

    @Override
    public List<Order> listOrders(OrderFilter filter) {
        var name = scopeParameter(filter.scope());
        var sql = OrderRow.SELECT + "WHERE o.order_row < ?" + condition(filter.scope()) + condition(filter.states())
                + " ORDER BY o.order_row DESC LIMIT " + filter.max();
        return connections.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setLong(1, filter.beforeStorageId());
                if (name != null) {
                    query.setString(2, name);
                }
                return OrderRow.orders(query);
            }
        });
    }

    @Override
    public List<Order> listOverdue(Instant now, int max) {
        return connections.read(connection -> {
            try (var query = connection.prepareStatement(OrderRow.SELECT + "WHERE " + AWAITS_ACCEPTANCE
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
            try (var query = connection.prepareStatement(OrderRow.SELECT + "JOIN event e ON e.position = o.version"
                    + " WHERE o.active = 1 AND e.received_at < ? ORDER BY o.order_row LIMIT ?")) {
                query.setLong(1, before.toEpochMilli());
                query.setInt(2, max);
                return OrderRow.orders(query);
            }
        });
    }

    private static @Nullable String scopeParameter(OrderFilter.Scope scope) {
        return switch (scope) {
            case OrderFilter.Scope.All _ -> null;
            case OrderFilter.Scope.OfCustomer(var customer) -> customer;
            case OrderFilter.Scope.OfStore(var store) -> store;
            case OrderFilter.Scope.OfDriver(var driver) -> Actor.driver(driver).toString();
        };
    }

    private static String condition(OrderFilter.Scope scope) {
        return switch (scope) {
            case OrderFilter.Scope.All _ -> "";
            case OrderFilter.Scope.OfCustomer _ -> " AND o.customer = ?";
            case OrderFilter.Scope.OfStore _ -> " AND o.store = (SELECT id FROM store WHERE name = ?)";
            case OrderFilter.Scope.OfDriver _ -> " AND o.driver = ?";
        };
    }

    /// What is still to happen has indexes of its own, which `active = 1` makes use of.
    private static String condition(Set<OrderState> states) {
        if (states.isEmpty()) {
            return "";
        }
        var codes = states.stream()
                .map(state -> Integer.toString(EnumCodes.encode(state)))
                .collect(Collectors.joining(", "));
        return (states.stream().allMatch(OrderState::isActive) ? " AND o.active = 1" : "") + " AND o.state IN (" + codes
                + ")";
    }
}
