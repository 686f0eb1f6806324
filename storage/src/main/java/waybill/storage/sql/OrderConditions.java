package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.OrderFilter;
import waybill.order.OrderState;

/// The conditions of an [OrderFilter] on a row `o` of orders, each after an `AND`.
///
/// @param sql has one parameter if the scope has a name
/// @param nameOrNone of the scope
record OrderConditions(String sql, @Nullable String nameOrNone) {

    /// As the index of those orders has them.
    private static final Set<OrderState> FAILED = EnumSet.of(
            OrderState.CANCELLED, OrderState.DECLINED, OrderState.EXPIRED, OrderState.FAILED, OrderState.RETURNED);

    static OrderConditions of(OrderFilter filter) {
        return new OrderConditions(condition(filter.scope()) + condition(filter.states()), scopeName(filter.scope()));
    }

    /// Whether rows that fit have an index in which there may be few of them.
    static boolean isSelective(OrderFilter filter) {
        return filter.scope() instanceof OrderFilter.Scope.OfDriver
                || areActive(filter.states())
                || areFailed(filter.states());
    }

    /// The same conditions, so that failed orders are found among the failed ones and not among those of the store.
    static OrderConditions ofFew(OrderFilter filter) {
        var all = of(filter);
        return areFailed(filter.states())
                ? new OrderConditions(all.sql.replace("AND o.store", "AND +o.store"), all.nameOrNone)
                : all;
    }

    /// Sets the parameter, if there is one. Returns the number of the next.
    int set(PreparedStatement query, int parameter) throws SQLException {
        if (nameOrNone == null) {
            return parameter;
        }
        query.setString(parameter, nameOrNone);
        return parameter + 1;
    }

    private static @Nullable String scopeName(OrderFilter.Scope scope) {
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

    /// Active orders and failed ones have indexes of their own, which `active = 1` and all failed states make use of.
    private static String condition(Set<OrderState> states) {
        if (states.isEmpty()) {
            return "";
        }
        return (areActive(states) ? " AND o.active = 1" : "")
                + (areFailed(states) ? " AND o.state IN (" + codes(FAILED) + ")" : "")
                + " AND o.state IN (" + codes(states) + ")";
    }

    private static boolean areActive(Set<OrderState> states) {
        return !states.isEmpty() && states.stream().allMatch(OrderState::isActive);
    }

    private static boolean areFailed(Set<OrderState> states) {
        return !states.isEmpty() && FAILED.containsAll(states);
    }

    private static String codes(Collection<OrderState> states) {
        return states.stream()
                .map(state -> Integer.toString(EnumCodes.encode(state)))
                .collect(Collectors.joining(", "));
    }
}
