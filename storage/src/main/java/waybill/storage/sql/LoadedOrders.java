package waybill.storage.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.journal.Read;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderId;

/// The orders that the transactions of a batch read, loaded in one round and then as the batch has left them. It also
/// says which of them do not exist. Belongs to the thread that writes.
final class LoadedOrders {

    /// Orders of the names of one query; when there are more, none of these names is loaded, and each is read when it
    /// is asked for.
    static final int NAMED_MAX = 1_000;

    private static final String WITH_DOCUMENT = "SELECT " + OrderRow.COLUMNS + "d.document FROM asked CROSS JOIN ";

    private static final String DOCUMENT = " LEFT JOIN order_document d ON d.order_row = o.order_row ";

    private static final String ANY_STORE = " CROSS JOIN store s ON s.id = o.store" + DOCUMENT;

    private static final String OF_STORE = WITH_DOCUMENT + "store s ON s.name = asked.store CROSS JOIN orders o ";

    /// @param name of an order at that store
    record StoreReference(String store, String name) {}

    /// @param name that a customer gave an order at that store
    record CustomerReference(String store, String customer, String name) {}

    private final OrderRowIds rows;
    private final KeyedQuery<OrderId> byId;
    private final KeyedQuery<StoreReference> byStoreReference;
    private final KeyedQuery<CustomerReference> byCustomerReference;
    private final KeyedQuery<String> byName;
    private final Map<OrderId, Optional<Order>> orders = new HashMap<>();
    private final Map<StoreReference, Optional<OrderId>> storeReferences = new HashMap<>();
    private final Map<CustomerReference, Optional<OrderId>> customerReferences = new HashMap<>();
    private final Map<String, Optional<Set<OrderId>>> named = new HashMap<>(); // empty where they are too many

    /// @param rows learns the rows of the loaded orders
    LoadedOrders(Statements statements, OrderRowIds rows) {
        this.rows = rows;
        byId = new KeyedQuery<>(
                statements,
                "id",
                WITH_DOCUMENT + "orders o ON o.id = asked.id" + ANY_STORE,
                (query, first, id) -> query.setBytes(first, OrderRow.bytes(id)));
        byStoreReference = new KeyedQuery<>(
                statements,
                "store, name",
                OF_STORE + "ON o.message_id = asked.name AND o.store = s.id" + DOCUMENT + "UNION ALL " + OF_STORE
                        + "ON o.foreign_id = asked.name AND o.store = s.id AND o.named_by = ''" + DOCUMENT,
                (query, first, reference) -> {
                    query.setString(first, reference.store);
                    query.setString(first + 1, reference.name);
                });
        byCustomerReference = new KeyedQuery<>(
                statements,
                "store, customer, name",
                OF_STORE + "ON o.foreign_id = asked.name AND o.store = s.id AND o.named_by = asked.customer" + DOCUMENT,
                (query, first, reference) -> {
                    query.setString(first, reference.store);
                    query.setString(first + 1, reference.customer);
                    query.setString(first + 2, reference.name);
                });
        byName = new KeyedQuery<>(
                statements,
                "name",
                WITH_DOCUMENT + "orders o ON o.message_id = asked.name" + ANY_STORE + "UNION ALL " + WITH_DOCUMENT
                        + "orders o ON o.foreign_id = asked.name" + ANY_STORE + "LIMIT " + (NAMED_MAX + 1),
                (query, first, name) -> query.setString(first, name));
    }

    /// @param known orders that are in memory already
    void load(Set<Read> reads, ActiveOrderCache known) throws SQLException {
        clear();
        var ids = new LinkedHashSet<OrderId>();
        var ofStores = new LinkedHashSet<StoreReference>();
        var ofCustomers = new LinkedHashSet<CustomerReference>();
        var names = new LinkedHashSet<String>();
        var ofOthers = new LinkedHashSet<StoreReference>();
        for (var read : reads) {
            switch (read) {
                case Read.OfOrder(var id) when known.find(id) == null -> ids.add(id);
                case Read.OfStoreReference(var store, var name)
                when known.find(store, name) == null -> ofStores.add(new StoreReference(store, name));
                case Read.OfReferenceElsewhere(var store, var name)
                when known.find(store, name) == null -> {
                    ofStores.add(new StoreReference(store, name));
                    ofOthers.add(new StoreReference(store, name));
                }
                case Read.OfCustomerReference(var store, var customer, var name) ->
                    ofCustomers.add(new CustomerReference(store, customer, name));
                case Read.OfReference(var name) -> names.add(name);
                case Read.OfOrder _,
                        Read.OfStoreReference _,
                        Read.OfReferenceElsewhere _,
                        Read.OfBusiness _,
                        Read.OfProduct _,
                        Read.OfPerson _,
                        Read.OfContact _,
                        Read.OfDriver _,
                        Read.OfResponse _,
                        Read.OfMessage _,
                        Read.OfPickup _,
                        Read.OfConfirmation _ -> {}
            }
        }
        loadByStoreReference(ofStores);
        ofOthers.stream()
                .filter(reference -> find(reference).filter(Optional::isPresent).isEmpty())
                .forEach(reference -> names.add(reference.name));
        loadByCustomerReference(ofCustomers);
        loadByName(names, known);
        ids.removeAll(orders.keySet());
        loadById(ids);
    }

    void loadById(Collection<OrderId> ids) throws SQLException {
        ids.forEach(id -> orders.put(id, Optional.empty()));
        byId.run(List.copyOf(ids), row -> read(new ListedOrder(OrderRow.order(row), row.getLong(1))));
    }

    void loadByStoreReference(Collection<StoreReference> references) throws SQLException {
        references.forEach(reference -> storeReferences.put(reference, Optional.empty()));
        byStoreReference.run(
                List.copyOf(references), row -> read(new ListedOrder(OrderRow.order(row), row.getLong(1))));
    }

    void loadByCustomerReference(Collection<CustomerReference> references) throws SQLException {
        references.forEach(reference -> customerReferences.put(reference, Optional.empty()));
        byCustomerReference.run(
                List.copyOf(references), row -> read(new ListedOrder(OrderRow.order(row), row.getLong(1))));
    }

    /// @param known orders that are in memory already
    void loadByName(Collection<String> names, ActiveOrderCache known) throws SQLException {
        var all = List.copyOf(names);
        for (var from = 0; from < all.size(); from += KeyedQuery.KEYS_MAX) {
            var some = all.subList(from, Math.min(all.size(), from + KeyedQuery.KEYS_MAX));
            var found = new ArrayList<ListedOrder>();
            byName.run(some, row -> {
                var order = known.find(OrderRow.id(row));
                found.add(new ListedOrder(order == null ? OrderRow.order(row) : order, row.getLong(1)));
            });
            var isComplete = found.size() <= NAMED_MAX;
            some.forEach(name -> named.put(name, isComplete ? Optional.of(new HashSet<>()) : Optional.empty()));
            found.forEach(this::read);
        }
    }

    private void read(ListedOrder listed) {
        rows.add(listed);
        put(listed.order());
    }

    /// The batch has read, placed or changed that order. A store's message id comes before a foreign id.
    void put(Order order) {
        var id = order.id();
        orders.put(id, Optional.of(order));
        storeReferences.replace(new StoreReference(order.store(), order.messageId()), Optional.of(id));
        addNamed(order.messageId(), id);
        if (order.foreignId().equals(order.messageId())) {
            return;
        }
        addNamed(order.foreignId(), id);
        var owner = order.foreignIdOwner();
        if (owner.isPresent()) {
            customerReferences.replace(
                    new CustomerReference(order.store(), owner.get(), order.foreignId()), Optional.of(id));
        } else {
            storeReferences.computeIfPresent(
                    new StoreReference(order.store(), order.foreignId()),
                    (_, found) -> found.isPresent() ? found : Optional.of(id));
        }
    }

    private void addNamed(String name, OrderId id) {
        var all = named.get(name);
        if (all != null && all.isPresent()) {
            all.get().add(id);
        }
    }

    /// The order as the batch has left it, empty when it does not exist; nothing when it was not loaded.
    Optional<Optional<Order>> find(OrderId id) {
        return Optional.ofNullable(orders.get(id));
    }

    /// The id of the order, as [#find(OrderId)].
    Optional<Optional<OrderId>> find(StoreReference reference) {
        return Optional.ofNullable(storeReferences.get(reference));
    }

    /// The id of the order, as [#find(OrderId)].
    Optional<Optional<OrderId>> find(CustomerReference reference) {
        return Optional.ofNullable(customerReferences.get(reference));
    }

    /// All orders with that name, empty when they are too many; nothing when they were not loaded.
    Optional<Optional<Set<OrderId>>> findNamed(String name) {
        return Optional.ofNullable(named.get(name));
    }

    void clear() {
        orders.clear();
        storeReferences.clear();
        customerReferences.clear();
        named.clear();
    }
}
