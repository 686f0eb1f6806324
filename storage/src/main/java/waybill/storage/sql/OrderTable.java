package waybill.storage.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
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
/// row of each changed order once for all of its events. The batch finds it in memory. An order that was not declared
/// is
/// loaded when it is asked for, after a flush.
public final class OrderTable {

    private static final String INSERT = """
            INSERT INTO orders (order_row, id, number, store, message_id, foreign_id, customer, driver, state, active,
                                paid, details, placed_at, accept_by, version, ready_at, named_by, arrivals, offers,
                                times, proofs)""";

    private static final int COLUMNS = 21;

    private static final String INSERT_DOCUMENT = "INSERT INTO order_document (order_row, document)";

    private final InternedNames stores;
    private final ReferenceQuery byReference;
    private final InsertBatch inserts;
    private final InsertBatch documents;
    private final OrderUpdates updates;

    private final ActiveOrderCache active = new ActiveOrderCache();
    private final OrderRowIds rows;
    private final LoadedOrders loaded;
    private final Map<OrderId, OrderChange> changes = new LinkedHashMap<>();

    public OrderTable(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        byReference = new ReferenceQuery(statements);
        inserts = new InsertBatch(statements, INSERT, COLUMNS);
        documents = new InsertBatch(statements, INSERT_DOCUMENT, 2);
        updates = new OrderUpdates(statements);
        rows = new OrderRowIds(statements);
        loaded = new LoadedOrders(statements, rows);
    }

    /// Loads in one round the orders that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        loaded.load(reads, active);
    }

    public Optional<Order> findOrder(OrderId id) throws SQLException {
        var known = known(id);
        if (known != null) {
            return Optional.of(known);
        }
        if (loaded.find(id).isEmpty()) {
            flush();
            loaded.loadById(List.of(id));
        }
        return cached(loaded.find(id).orElseThrow());
    }

    public Optional<Order> findByStoreReference(String store, String name) throws SQLException {
        var known = active.find(store, name);
        if (known != null) {
            return Optional.of(known);
        }
        var reference = new LoadedOrders.StoreReference(store, name);
        if (loaded.find(reference).isEmpty()) {
            flush();
            loaded.loadByStoreReference(List.of(reference));
        }
        var id = loaded.find(reference).orElseThrow();
        return id.isPresent() ? findOrder(id.get()) : Optional.empty();
    }

    public Optional<Order> findByCustomerReference(String store, String customer, String name) throws SQLException {
        var reference = new LoadedOrders.CustomerReference(store, customer, name);
        if (loaded.find(reference).isEmpty()) {
            flush();
            loaded.loadByCustomerReference(List.of(reference));
        }
        var id = loaded.find(reference).orElseThrow();
        return id.isPresent() ? findOrder(id.get()) : Optional.empty();
    }

    public List<Order> findAllByReference(
            String name, Optional<String> store, UnitOfWork.ReferenceScope among, Actor by, int max)
            throws SQLException {
        if (loaded.findNamed(name).isEmpty()) {
            flush();
            loaded.loadByName(List.of(name), active);
        }
        var ids = loaded.findNamed(name).orElseThrow();
        return ids.isPresent()
                ? selectByReference(ids.get(), store, among, by, max)
                : queryByReference(name, store, among, by, max);
    }

    private List<Order> selectByReference(
            Set<OrderId> ids, Optional<String> store, UnitOfWork.ReferenceScope among, Actor by, int max)
            throws SQLException {
        var selected = new ArrayList<Order>();
        for (var id : ids) {
            findOrder(id)
                    .filter(order -> store.isEmpty() || store.get().equals(order.store()))
                    .filter(order -> ReferenceQuery.isInScope(order, among, by))
                    .filter(_ -> selected.size() < max)
                    .ifPresent(selected::add);
        }
        return selected;
    }

    /// For a name that very many orders have.
    private List<Order> queryByReference(
            String name, Optional<String> store, UnitOfWork.ReferenceScope among, Actor by, int max)
            throws SQLException {
        flush();
        var number = store.isPresent() ? stores.findId(store.get()) : Optional.<Long>empty();
        if (store.isPresent() && number.isEmpty()) {
            return List.of();
        }
        var orders = new ArrayList<Order>();
        for (var listed : byReference.run(name, number, among, by, max, this::known)) {
            rows.add(listed);
            loaded.put(listed.order());
            orders.add(listed.order());
        }
        return orders;
    }

    private Optional<Order> cached(Optional<Order> order) {
        order.filter(one -> one.state().isActive()).ifPresent(active::put);
        return order;
    }

    private @Nullable Order known(OrderId id) {
        var change = changes.get(id);
        return change == null ? active.find(id) : change.now();
    }

    /// The number of the row of an order that was found or placed.
    public long requireRow(OrderId order) throws SQLException {
        return rows.require(order);
    }

    /// Adds a new order. The number of its row is the sequence of the event that placed it.
    public void insert(Order order, OrderEvent event, long store) throws SQLException {
        var row = order.lastSequence();
        rows.add(order.id(), row);
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
                EnumCodes.encode(order.state().isActive()),
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
        var stored = order.withTimesInMs();
        loaded.put(stored);
        if (stored.state().isActive()) {
            active.put(stored);
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
        loaded.put(order);
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
        for (var change : changes.values()) {
            updates.add(change, rows.require(change.now().id()));
        }
        updates.flush();
        changes.clear();
    }

    /// The orders that the batch reads by their ids or the references of their stores.
    List<Order> listRead(Set<Read> reads) throws SQLException {
        var found = new ArrayList<Order>();
        for (var read : reads) {
            if (read instanceof Read.OfOrder(var id)) {
                findOrder(id).ifPresent(found::add);
            } else if (read instanceof Read.OfStoreReference(var store, var name)) {
                findByStoreReference(store, name).ifPresent(found::add);
            }
        }
        return found;
    }

    /// The stores of the orders that the batch has found under that name.
    public Set<String> storesOf(String name) throws SQLException {
        var found = new HashSet<String>();
        for (var id : loaded.findNamed(name).flatMap(ids -> ids).orElse(Set.of())) {
            findOrder(id).ifPresent(order -> found.add(order.store()));
        }
        return found;
    }

    /// The batch ends.
    public void clearLoaded() {
        loaded.clear();
    }

    public void clearCache() throws SQLException {
        updates.clear();
        loaded.clear();
        inserts.clear();
        documents.clear();
        changes.clear();
        active.clear();
        rows.clear();
    }

    static @Nullable public String toText(@Nullable Actor actor) {
        return actor == null ? null : actor.toString();
    }
}
