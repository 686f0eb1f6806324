package waybill.hub.position;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.order.OrderId;

/// The driver's relation to the orders that a report names.
///
/// @param active the driver's active orders
/// @param ended the orders that were the driver's
/// @param isComplete whether all other orders are known not to be the driver's
record DriverOrders(List<Order> active, Set<OrderId> ended, boolean isComplete) {

    /// The orders in memory; others have to be looked up.
    static DriverOrders inMemory(List<Order> active) {
        return new DriverOrders(active, Set.of(), false);
    }

    boolean isActive(OrderId id) {
        return find(id) != null;
    }

    boolean includes(OrderId id) {
        return isActive(id) || ended.contains(id);
    }

    private @Nullable Order find(OrderId id) {
        for (var order : active) {
            if (order.id().equals(id)) {
                return order;
            }
        }
        return null;
    }
}
