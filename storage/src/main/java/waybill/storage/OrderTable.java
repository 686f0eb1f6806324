package waybill.storage;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.Ledger;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// The orders on the writing connection. Belongs to the journal's thread.
///
/// One command often takes an order through several events, so its row is changed once for all of them: at the latest
/// when the row is looked at again or the transaction ends.
final class OrderTable {

    /// Two indexes find them; the store is asked of each.
    private static final String NAMESAKES =
            "WHERE (o.message_id = ? OR o.foreign_id = ?) AND o.store = coalesce(?, o.store)";

    private final Names stores;
    private final PreparedStatement byId;
    private final PreparedStatement byMessageId;
    private final PreparedStatement byForeignId;
    private final PreparedStatement byCustomersName;
    private final Map<Ledger.Among, PreparedStatement> namesakes = new EnumMap<>(Ledger.Among.class);
    private final PreparedStatement add;
    private final PreparedStatement change;

    private @Nullable Order changed;
    private @Nullable Long readyAt;
    private @Nullable Long inTransitAt;
    private @Nullable Long deliveredAt;

    OrderTable(Statements statements, Names stores) throws SQLException {
        this.stores = stores;
        byId = statements.prepare(OrderRow.SELECT + "WHERE o.id = ?");
        byMessageId = statements.prepare(OrderRow.SELECT + "WHERE o.message_id = ? AND o.store = ?");
        byForeignId =
                statements.prepare(OrderRow.SELECT + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ''");
        byCustomersName =
                statements.prepare(OrderRow.SELECT + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ?");
        for (var among : Ledger.Among.values()) {
            namesakes.put(among, statements.prepare(OrderRow.SELECT + NAMESAKES + isIn(among) + " LIMIT ?"));
        }
        add = statements.prepare("""
                INSERT INTO orders (order_row, id, number, store, message_id, foreign_id, customer, driver, state, active,
                                    paid, details, placed_at, accept_by, version, ready_at, named_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        change = statements.prepare("""
                UPDATE orders SET driver = ?, state = ?, active = ?, paid = ?, version = ?,
                ready_at = coalesce(?, ready_at), in_transit_at = coalesce(?, in_transit_at),
                delivered_at = coalesce(?, delivered_at) WHERE order_row = ?
                """);
    }

    Optional<Order> byId(OrderId id) throws SQLException {
        write();
        byId.setBytes(1, OrderRow.bytes(id));
        return OrderRow.orders(byId).stream().findFirst();
    }

    Optional<Order> named(String store, String name) throws SQLException {
        write();
        var number = stores.number(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var found = named(byMessageId, number.get(), name);
        return found.isPresent() ? found : named(byForeignId, number.get(), name);
    }

    private static Optional<Order> named(PreparedStatement query, long store, String name) throws SQLException {
        query.setString(1, name);
        query.setLong(2, store);
        return OrderRow.orders(query).stream().findFirst();
    }

    Optional<Order> namedByCustomer(String store, String customer, String name) throws SQLException {
        write();
        var number = stores.number(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        byCustomersName.setString(3, customer);
        return named(byCustomersName, number.get(), name);
    }

    List<Order> namesakes(String name, Optional<String> store, Ledger.Among among, Actor by, int max)
            throws SQLException {
        write();
        var number = store.isPresent() ? stores.number(store.get()) : Optional.<Long>empty();
        var query = namesakes.get(among);
        if (query == null || (store.isPresent() && number.isEmpty())) {
            return List.of();
        }
        query.setString(1, name);
        query.setString(2, name);
        OrderRow.set(query, 3, number.orElse(null));
        query.setString(4, by.toString());
        query.setInt(5, max);
        return OrderRow.orders(query);
    }

    /// The numbers are those of [Codes]. Each uses its fourth parameter, the driver, so that all are asked alike.
    private static String isIn(Ledger.Among among) {
        return switch (among) {
            case OWN -> " AND o.driver = ? AND o.active = 1";
            case WAITING ->
                " AND o.driver IS NULL AND o.driver IS NOT ? AND o.active = 1 AND o.state = 5 AND o.named_by = ''";
            case ACTIVE -> " AND ? IS NOT NULL AND o.active = 1";
            case OWN_ENDED -> " AND o.driver = ? AND o.active = 0";
            case ALL -> " AND ? IS NOT NULL";
        };
    }

    /// At once, so that what is wrong with an order is laid to the work that brought it.
    void add(Order order, OrderEvent event, long store) throws SQLException {
        add.setLong(1, order.row());
        add.setBytes(2, OrderRow.bytes(order.id()));
        add.setString(3, order.number());
        add.setLong(4, store);
        add.setString(5, order.messageId());
        add.setString(6, order.foreignId().equals(order.messageId()) ? null : order.foreignId());
        add.setString(7, order.details().customerOrNone());
        add.setString(8, text(order.driverOrNone()));
        add.setInt(9, Codes.of(order.state()));
        add.setBoolean(10, order.state().isActive());
        add.setLong(11, Codes.ofPaid(order));
        add.setString(12, DetailsJson.write(order.details()));
        add.setLong(13, order.placedAt().toEpochMilli());
        var acceptBy = order.acceptByOrNone();
        OrderRow.set(add, 14, acceptBy == null ? null : acceptBy.toEpochMilli());
        add.setLong(15, order.version());
        OrderRow.set(add, 16, event.topic().isPresent() ? order.row() : null);
        add.setString(17, order.namedBy().orElse(""));
        add.executeUpdate();
    }

    void change(Order order, OrderEvent event) throws SQLException {
        if (changed != null && changed.row() != order.row()) {
            write();
        }
        changed = order;
        event.topic().ifPresent(topic -> {
            switch (topic) {
                case PICKUP -> readyAt = order.version();
                case IN_TRANSIT -> inTransitAt = order.version();
                case DELIVERED -> deliveredAt = order.version();
            }
        });
    }

    /// Writes what was changed and is not in its row yet.
    void write() throws SQLException {
        var order = changed;
        if (order == null) {
            return;
        }
        change.setString(1, text(order.driverOrNone()));
        change.setInt(2, Codes.of(order.state()));
        change.setBoolean(3, order.state().isActive());
        change.setLong(4, Codes.ofPaid(order));
        change.setLong(5, order.version());
        OrderRow.set(change, 6, readyAt);
        OrderRow.set(change, 7, inTransitAt);
        OrderRow.set(change, 8, deliveredAt);
        change.setLong(9, order.row());
        change.executeUpdate();
        forget();
    }

    void forget() {
        changed = null;
        readyAt = null;
        inTransitAt = null;
        deliveredAt = null;
    }

    static @Nullable String text(@Nullable Actor actor) {
        return actor == null ? null : actor.toString();
    }
}
