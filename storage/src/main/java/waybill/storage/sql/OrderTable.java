package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;

/// The orders on the writing connection. Belongs to the journal's thread.
///
/// One command often takes an order through several events, so its row is changed once for all of them: at the latest
/// when the row is looked at again or the transaction ends.
public final class OrderTable {

    /// Two indexes find them; the store is asked of each.
    private static final String FIND_BY_REFERENCE =
            "WHERE (o.message_id = ? OR o.foreign_id = ?) AND o.store = coalesce(?, o.store)";

    private final InternedNames stores;
    private final PreparedStatement byId;
    private final PreparedStatement byMessageId;
    private final PreparedStatement byForeignId;
    private final PreparedStatement byCustomersName;
    private final Map<UnitOfWork.ReferenceScope, PreparedStatement> namesakes =
            new EnumMap<>(UnitOfWork.ReferenceScope.class);
    private final PreparedStatement add;
    private final PreparedStatement change;

    private @Nullable Order changed;
    private @Nullable Long readyAt;
    private @Nullable Long inTransitAt;
    private @Nullable Long deliveredAt;

    public OrderTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        byId = statements.prepare(OrderRow.SELECT + "WHERE o.id = ?");
        byMessageId = statements.prepare(OrderRow.SELECT + "WHERE o.message_id = ? AND o.store = ?");
        byForeignId =
                statements.prepare(OrderRow.SELECT + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ''");
        byCustomersName =
                statements.prepare(OrderRow.SELECT + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ?");
        for (var among : UnitOfWork.ReferenceScope.values()) {
            namesakes.put(
                    among,
                    statements.prepare(OrderRow.SELECT + FIND_BY_REFERENCE + scopeCondition(among) + " LIMIT ?"));
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

    public Optional<Order> findOrder(OrderId id) throws SQLException {
        flush();
        byId.setBytes(1, OrderRow.bytes(id));
        return OrderRow.orders(byId).stream().findFirst();
    }

    public Optional<Order> findByStoreReference(String store, String name) throws SQLException {
        flush();
        var number = stores.findId(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var found = findByStoreReference(byMessageId, number.get(), name);
        return found.isPresent() ? found : findByStoreReference(byForeignId, number.get(), name);
    }

    private static Optional<Order> findByStoreReference(PreparedStatement query, long store, String name)
            throws SQLException {
        query.setString(1, name);
        query.setLong(2, store);
        return OrderRow.orders(query).stream().findFirst();
    }

    public Optional<Order> findByCustomerReference(String store, String customer, String name) throws SQLException {
        flush();
        var number = stores.findId(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        byCustomersName.setString(3, customer);
        return findByStoreReference(byCustomersName, number.get(), name);
    }

    public List<Order> findAllByReference(
            String name, Optional<String> store, UnitOfWork.ReferenceScope among, Actor by, int max)
            throws SQLException {
        flush();
        var number = store.isPresent() ? stores.findId(store.get()) : Optional.<Long>empty();
        var query = namesakes.get(among);
        if (query == null || (store.isPresent() && number.isEmpty())) {
            return List.of();
        }
        query.setString(1, name);
        query.setString(2, name);
        OrderRow.setNullableLong(query, 3, number.orElse(null));
        query.setString(4, by.toString());
        query.setInt(5, max);
        return OrderRow.orders(query);
    }

    /// The numbers are those of [EnumCodes]. Each uses its fourth parameter, the driver, so that all are asked alike.
    private static String scopeCondition(UnitOfWork.ReferenceScope among) {
        return switch (among) {
            case OWN_ACTIVE -> " AND o.driver = ? AND o.active = 1";
            case UNASSIGNED ->
                " AND o.driver IS NULL AND o.driver IS NOT ? AND o.active = 1 AND o.state = 5 AND o.named_by = ''";
            case ACTIVE -> " AND ? IS NOT NULL AND o.active = 1";
            case OWN_ENDED -> " AND o.driver = ? AND o.active = 0";
            case ALL -> " AND ? IS NOT NULL";
        };
    }

    /// At once, so that what is wrong with an order is laid to the work that brought it.
    public void insert(Order order, OrderEvent event, long store) throws SQLException {
        add.setLong(1, order.storageId());
        add.setBytes(2, OrderRow.bytes(order.id()));
        add.setString(3, order.number());
        add.setLong(4, store);
        add.setString(5, order.messageId());
        add.setString(6, order.foreignId().equals(order.messageId()) ? null : order.foreignId());
        add.setString(7, order.details().customerOrNone());
        add.setString(8, toText(order.driverOrNone()));
        add.setInt(9, EnumCodes.encode(order.state()));
        add.setBoolean(10, order.state().isActive());
        add.setLong(11, EnumCodes.encodePaid(order));
        add.setString(12, OrderDetailsJson.write(order.details()));
        add.setLong(13, order.placedAt().toEpochMilli());
        var acceptBy = order.acceptByOrNone();
        OrderRow.setNullableLong(add, 14, acceptBy == null ? null : acceptBy.toEpochMilli());
        add.setLong(15, order.lastSequence());
        OrderRow.setNullableLong(add, 16, event.topic().isPresent() ? order.storageId() : null);
        add.setString(17, order.foreignIdOwner().orElse(""));
        add.executeUpdate();
    }

    public void update(Order order, OrderEvent event) throws SQLException {
        if (changed != null && changed.storageId() != order.storageId()) {
            flush();
        }
        changed = order;
        event.topic().ifPresent(topic -> {
            switch (topic) {
                case PICKUP -> readyAt = order.lastSequence();
                case IN_TRANSIT -> inTransitAt = order.lastSequence();
                case DELIVERED -> deliveredAt = order.lastSequence();
            }
        });
    }

    /// Writes what was changed and is not in its row yet.
    public void flush() throws SQLException {
        var order = changed;
        if (order == null) {
            return;
        }
        change.setString(1, toText(order.driverOrNone()));
        change.setInt(2, EnumCodes.encode(order.state()));
        change.setBoolean(3, order.state().isActive());
        change.setLong(4, EnumCodes.encodePaid(order));
        change.setLong(5, order.lastSequence());
        OrderRow.setNullableLong(change, 6, readyAt);
        OrderRow.setNullableLong(change, 7, inTransitAt);
        OrderRow.setNullableLong(change, 8, deliveredAt);
        change.setLong(9, order.storageId());
        change.executeUpdate();
        clearCache();
    }

    public void clearCache() {
        changed = null;
        readyAt = null;
        inTransitAt = null;
        deliveredAt = null;
    }

    static @Nullable public String toText(@Nullable Actor actor) {
        return actor == null ? null : actor.toString();
    }
}
