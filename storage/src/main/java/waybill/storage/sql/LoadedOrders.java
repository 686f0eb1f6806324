package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import waybill.journal.Read;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderId;

/// The orders that the transactions of a batch read, loaded in one round as they were before the batch. It also says
/// which of them do not exist. Belongs to the thread that writes.
final class LoadedOrders {

    /// Keys of one query; fewer are padded to the next size.
    private static final int[] QUERY_KEYS = {4, 32, 256};

    private static final String OF_ASKED = "SELECT " + OrderRow.COLUMNS
            + "d.document FROM asked CROSS JOIN orders o JOIN store s ON s.id = o.store"
            + " LEFT JOIN order_document d ON d.order_row = o.order_row ";

    /// @param name of an order at that store
    private record Reference(String store, String name) {}

    private final InternedNames stores;
    private final OrderRowIds rows;
    private final TreeMap<Integer, PreparedStatement> byId = new TreeMap<>();
    private final TreeMap<Integer, PreparedStatement> byReference = new TreeMap<>();
    private final Map<OrderId, Optional<Order>> orders = new HashMap<>();
    private final Map<Reference, Optional<OrderId>> references = new HashMap<>();

    /// @param rows learns the rows of the loaded orders
    LoadedOrders(Statements statements, InternedNames stores, OrderRowIds rows) throws SQLException {
        this.stores = stores;
        this.rows = rows;
        for (var keys : QUERY_KEYS) {
            byId.put(
                    keys,
                    statements.prepare(
                            OrderRow.SELECT_WITH_DOCUMENT + "WHERE o.id IN (?" + ", ?".repeat(keys - 1) + ")"));
            byReference.put(
                    keys,
                    statements.prepare("WITH asked (name, store) AS (VALUES (?, ?)" + ", (?, ?)".repeat(keys - 1) + ") "
                            + OF_ASKED + "WHERE o.message_id = asked.name AND o.store = asked.store UNION ALL "
                            + OF_ASKED
                            + "WHERE o.foreign_id = asked.name AND o.store = asked.store AND o.named_by = ''"));
        }
    }

    /// @param known orders that are in memory already
    void load(Set<Read> reads, ActiveOrderCache known) throws SQLException {
        clear();
        var ids = new LinkedHashSet<OrderId>();
        var names = new LinkedHashSet<Reference>();
        for (var read : reads) {
            switch (read) {
                case Read.OfOrder(var id) when known.find(id) == null -> ids.add(id);
                case Read.OfStoreReference(var store, var name)
                when known.find(store, name) == null -> names.add(new Reference(store, name));
                case Read.OfOrder _,
                        Read.OfStoreReference _,
                        Read.OfCustomerReference _,
                        Read.OfReference _,
                        Read.OfBusiness _,
                        Read.OfProduct _,
                        Read.OfPerson _,
                        Read.OfDriver _,
                        Read.OfResponse _,
                        Read.OfMessage _ -> {}
            }
        }
        loadByReference(names);
        ids.removeAll(orders.keySet());
        loadById(List.copyOf(ids));
    }

    private void loadById(List<OrderId> ids) throws SQLException {
        ids.forEach(id -> orders.put(id, Optional.empty()));
        for (var from = 0; from < ids.size(); from += QUERY_KEYS[QUERY_KEYS.length - 1]) {
            var keys = Math.min(ids.size() - from, QUERY_KEYS[QUERY_KEYS.length - 1]);
            var query = byId.ceilingEntry(keys);
            for (var i = 0; i < query.getKey(); i++) {
                query.getValue().setBytes(i + 1, OrderRow.bytes(ids.get(from + Math.min(i, keys - 1))));
            }
            for (var listed : OrderRow.listedOrders(query.getValue())) {
                rows.add(listed);
                orders.put(listed.order().id(), Optional.of(listed.order()));
            }
        }
    }

    private void loadByReference(Set<Reference> asked) throws SQLException {
        var names = new ArrayList<Reference>();
        for (var reference : asked) {
            references.put(reference, Optional.empty());
            if (stores.findId(reference.store).isPresent()) {
                names.add(reference);
            }
        }
        for (var from = 0; from < names.size(); from += QUERY_KEYS[QUERY_KEYS.length - 1]) {
            var keys = Math.min(names.size() - from, QUERY_KEYS[QUERY_KEYS.length - 1]);
            var query = byReference.ceilingEntry(keys);
            for (var i = 0; i < query.getKey(); i++) {
                var reference = names.get(from + Math.min(i, keys - 1));
                query.getValue().setString(2 * i + 1, reference.name);
                query.getValue().setLong(2 * i + 2, stores.findOrCreateId(reference.store));
            }
            OrderRow.listedOrders(query.getValue()).forEach(this::put);
        }
    }

    /// An order of the store's message id comes before one of its foreign id.
    private void put(ListedOrder listed) {
        var order = listed.order();
        rows.add(listed);
        orders.put(order.id(), Optional.of(order));
        references.replace(new Reference(order.store(), order.messageId()), Optional.of(order.id()));
        if (order.foreignIdOwner().isEmpty()) {
            references.computeIfPresent(
                    new Reference(order.store(), order.foreignId()),
                    (_, found) -> found.isPresent() ? found : Optional.of(order.id()));
        }
    }

    /// The loaded order, empty when it does not exist; nothing when it was not asked for.
    Optional<Optional<Order>> find(OrderId id) {
        return Optional.ofNullable(orders.get(id));
    }

    /// The id of the loaded order, as [#find(OrderId)].
    Optional<Optional<OrderId>> find(String store, String name) {
        return Optional.ofNullable(references.get(new Reference(store, name)));
    }

    /// The order is placed or changed in this batch, so that what was loaded of it is no longer true.
    void remove(Order changed) {
        orders.remove(changed.id());
        references.remove(new Reference(changed.store(), changed.messageId()));
        references.remove(new Reference(changed.store(), changed.foreignId()));
    }

    void clear() {
        orders.clear();
        references.clear();
    }
}
