package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.journal.Read;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The orders on the writing connection. Belongs to the journal's thread.
///
/// What a transaction adds and changes is written in one round by [#flush]: new rows many with one statement, and the
/// row of each changed order once for all of its events. Until then it is found in memory. What reads the rows by
/// anything but the names of an order must flush first.
public final class OrderTable {

    private static final String INSERT = """
            INSERT INTO orders (order_row, id, number, store, message_id, foreign_id, customer, driver, state, active,
                                paid, details, placed_at, accept_by, version, ready_at, named_by, arrivals, offers,
                                times, proofs)""";

    private static final int COLUMNS = 21;

    private static final String INSERT_DOCUMENT = "INSERT INTO order_document (order_row, document)";

    private static final String FIND_BY_STORE_REFERENCE = OrderRow.SELECT_WITH_DOCUMENT
            + "WHERE o.message_id = ? AND o.store = ? UNION ALL "
            + OrderRow.SELECT_WITH_DOCUMENT
            + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ''";

    /// Two indexes find them; the store is asked of each.
    private static final String FIND_BY_REFERENCE =
            "WHERE (o.message_id = ? OR o.foreign_id = ?) AND o.store = coalesce(?, o.store)";

    /// A name besides the message id.
    ///
    /// @param owner the customer who gave it, empty for the store's
    private record ForeignId(String store, String owner, String name) {}

    private final InternedNames stores;
    private final PreparedStatement byId;
    private final PreparedStatement byStoreReference;
    private final PreparedStatement byCustomerReference;
    private final Map<UnitOfWork.ReferenceScope, PreparedStatement> byReference =
            new EnumMap<>(UnitOfWork.ReferenceScope.class);
    private final InsertBatch inserts;
    private final InsertBatch documents;
    private final OrderUpdates updates;

    private final ActiveOrderCache active = new ActiveOrderCache();
    private final OrderRowIds rows;
    private final LoadedOrders loaded;
    private final Map<ForeignId, OrderId> insertedForeignIds = new HashMap<>();
    private final Map<OrderId, OrderChange> changes = new LinkedHashMap<>();

    public OrderTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        byId = statements.prepare(OrderRow.SELECT_WITH_DOCUMENT + "WHERE o.id = ?");
        byStoreReference = statements.prepare(FIND_BY_STORE_REFERENCE);
        byCustomerReference = statements.prepare(
                OrderRow.SELECT_WITH_DOCUMENT + "WHERE o.foreign_id = ? AND o.store = ? AND o.named_by = ?");
        for (var among : UnitOfWork.ReferenceScope.values()) {
            byReference.put(
                    among,
                    statements.prepare(
                            OrderRow.SELECT_WITH_DOCUMENT + FIND_BY_REFERENCE + scopeCondition(among) + " LIMIT ?"));
        }
        inserts = new InsertBatch(statements, INSERT, COLUMNS);
        documents = new InsertBatch(statements, INSERT_DOCUMENT, 2);
        updates = new OrderUpdates(statements);
        rows = new OrderRowIds(statements);
        loaded = new LoadedOrders(statements, stores, rows);
    }

    /// Loads in one round the orders that a batch reads by their ids and by the references of their stores.
    public void load(Set<Read> reads) throws SQLException {
        loaded.load(reads, active);
    }

    public Optional<Order> findOrder(OrderId id) throws SQLException {
        var known = known(id);
        if (known != null) {
            return Optional.of(known);
        }
        var found = loaded.find(id);
        if (found.isPresent()) {
            return found.get();
        }
        if (!inserts.isEmpty()) {
            flush();
        }
        byId.setBytes(1, OrderRow.bytes(id));
        return load(byId).stream().findFirst();
    }

    public Optional<Order> findByStoreReference(String store, String name) throws SQLException {
        var known = active.find(store, name);
        if (known != null) {
            return Optional.of(known);
        }
        var loadedId = loaded.find(store, name);
        if (loadedId.isPresent()) {
            return loadedId.get().isPresent() ? findOrder(loadedId.get().get()) : Optional.empty();
        }
        var number = stores.findId(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        byStoreReference.setString(1, name);
        byStoreReference.setLong(2, number.get());
        byStoreReference.setString(3, name);
        byStoreReference.setLong(4, number.get());
        var found = load(byStoreReference);
        var byMessageId =
                found.stream().filter(order -> order.messageId().equals(name)).findFirst();
        if (byMessageId.isPresent()) {
            return byMessageId;
        }
        var inserted = insertedForeignIds.get(new ForeignId(store, "", name));
        return inserted == null ? found.stream().findFirst() : findOrder(inserted);
    }

    public Optional<Order> findByCustomerReference(String store, String customer, String name) throws SQLException {
        var number = stores.findId(store);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        var inserted = insertedForeignIds.get(new ForeignId(store, customer, name));
        if (inserted != null) {
            return findOrder(inserted);
        }
        byCustomerReference.setString(1, name);
        byCustomerReference.setLong(2, number.get());
        byCustomerReference.setString(3, customer);
        return load(byCustomerReference).stream().findFirst();
    }

    public List<Order> findAllByReference(
            String name, Optional<String> store, UnitOfWork.ReferenceScope among, Actor by, int max)
            throws SQLException {
        flush();
        var number = store.isPresent() ? stores.findId(store.get()) : Optional.<Long>empty();
        var query = byReference.get(among);
        if (query == null || (store.isPresent() && number.isEmpty())) {
            return List.of();
        }
        query.setString(1, name);
        query.setString(2, name);
        OrderRow.setNullableLong(query, 3, number.orElse(null));
        query.setString(4, by.toString());
        query.setInt(5, max);
        return load(query);
    }

    /// What is known of an order in memory is never older than its row.
    private List<Order> load(PreparedStatement query) throws SQLException {
        var orders = new ArrayList<Order>();
        for (var listed : OrderRow.listedOrders(query, this::known)) {
            rows.add(listed);
            orders.add(listed.order());
            if (listed.order().state().isActive()) {
                active.put(listed.order());
            }
        }
        return orders;
    }

    private @Nullable Order known(OrderId id) {
        var change = changes.get(id);
        return change == null ? active.find(id) : change.now();
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

    /// The number of the row of an order that was found or placed.
    public long requireRow(OrderId order) throws SQLException {
        return rows.require(order);
    }

    /// Adds a new order. The number of its row is the sequence of the event that placed it.
    public void insert(Order order, OrderEvent event, long store) throws SQLException {
        var row = order.lastSequence();
        rows.add(order.id(), row);
        loaded.remove(order);
        var acceptBy = order.acceptByOrNone();
        var foreignId = order.foreignId().equals(order.messageId()) ? null : order.foreignId();
        var owner = order.foreignIdOwner().orElse("");
        inserts.add(
                row,
                OrderRow.bytes(order.id()),
                order.number(),
                store,
                order.messageId(),
                foreignId,
                order.details().customerOrNone(),
                toText(order.driverOrNone()),
                EnumCodes.encode(order.state()),
                order.state().isActive(),
                EnumCodes.encodePaid(order),
                OrderDetailsJson.write(order.details()),
                order.placedAt().toEpochMilli(),
                acceptBy == null ? null : acceptBy.toEpochMilli(),
                order.lastSequence(),
                isReady(event) ? row : null,
                owner,
                ArrivalsJson.encode(order.arrivals()),
                OrderOffersJson.write(order.offers()),
                OrderTimesJson.encode(order.times()),
                ProofJson.encode(order.proofs()));
        if (!order.details().document().equals(OrderEvent.NO_DOCUMENT)) {
            documents.add(row, order.details().document());
        }
        if (foreignId != null && !inserts.isEmpty()) {
            insertedForeignIds.put(new ForeignId(order.store(), owner, foreignId), order.id());
        }
        if (order.state().isActive()) {
            active.put(order.withTimesInMs());
        }
        if (!active.isCacheable(order)) {
            flush(); // from now on it is read from its row
        }
    }

    private static boolean isReady(OrderEvent event) {
        return event.newState().filter(OrderState.READY_FOR_PICKUP::equals).isPresent();
    }

    public void update(Order order, OrderEvent event) {
        var change = changes.get(order.id());
        if (change == null) {
            change = new OrderChange(active.find(order.id()), order);
            changes.put(order.id(), change);
        }
        change.apply(order, event);
        loaded.remove(order);
        if (order.state().isActive()) {
            active.put(order);
        } else {
            active.remove(order);
        }
    }

    /// Writes what was added and changed and is not in its row yet.
    public void flush() throws SQLException {
        inserts.flush();
        documents.flush();
        insertedForeignIds.clear();
        for (var change : changes.values()) {
            updates.execute(change, rows.require(change.now().id()));
        }
        changes.clear();
    }

    public void clearCache() {
        loaded.clear();
        inserts.clear();
        documents.clear();
        insertedForeignIds.clear();
        changes.clear();
        active.clear();
        rows.clear();
    }

    static @Nullable public String toText(@Nullable Actor actor) {
        return actor == null ? null : actor.toString();
    }
}
