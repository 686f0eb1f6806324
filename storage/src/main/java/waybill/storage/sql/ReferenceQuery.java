package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.journal.UnitOfWork;
import waybill.order.Actor;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The orders with a reference in each scope. Belongs to the thread that writes.
final class ReferenceQuery {

    /// Two indexes find them; the store is asked of each.
    private static final String CONDITION =
            "WHERE (o.message_id = ? OR o.foreign_id = ?) AND o.store = coalesce(?, o.store)";

    private final Map<UnitOfWork.ReferenceScope, PreparedStatement> queries =
            new EnumMap<>(UnitOfWork.ReferenceScope.class);
    private final Statements statements;

    ReferenceQuery(Statements statements) {
        this.statements = statements;
    }

    /// @param store the number of the store of the orders; empty for any
    /// @param known orders that are not read from their rows
    List<ListedOrder> run(
            String name,
            Optional<Long> store,
            UnitOfWork.ReferenceScope among,
            Actor by,
            int max,
            Function<OrderId, @Nullable Order> known)
            throws SQLException {
        var query = queries.get(among);
        if (query == null) {
            query = statements.prepare(OrderRow.SELECT_WITH_DOCUMENT + CONDITION + scopeCondition(among) + " LIMIT ?");
            queries.put(among, query);
        }
        query.setString(1, name);
        query.setString(2, name);
        OrderRow.setNullableLong(query, 3, store.orElse(null));
        query.setString(4, by.toString());
        query.setInt(5, max);
        return OrderRow.listedOrders(query, known);
    }

    /// The numbers are those of [EnumCodes]. Each uses its fourth parameter, the driver, so that all are asked alike.
    private static String scopeCondition(UnitOfWork.ReferenceScope among) {
        return switch (among) {
            case OWN_ACTIVE -> " AND o.driver = ? AND o.active = 1";
            case UNASSIGNED ->
                " AND o.driver IS NULL AND o.driver IS DISTINCT FROM ? AND o.active = 1 AND o.state = 5 AND o.named_by = ''";
            case ACTIVE -> " AND ? IS NOT NULL AND o.active = 1";
            case OWN_ENDED -> " AND o.driver = ? AND o.active = 0";
            case ALL -> " AND ? IS NOT NULL";
        };
    }

    /// The same of an order in memory.
    static boolean isInScope(Order order, UnitOfWork.ReferenceScope among, Actor by) {
        var isActive = order.state().isActive();
        return switch (among) {
            case OWN_ACTIVE -> isActive && by.equals(order.driverOrNone());
            case UNASSIGNED ->
                order.state() == OrderState.READY_FOR_PICKUP
                        && order.driver().isEmpty()
                        && order.foreignIdOwner().isEmpty();
            case ACTIVE -> isActive;
            case OWN_ENDED -> !isActive && by.equals(order.driverOrNone());
            case ALL -> true;
        };
    }
}
