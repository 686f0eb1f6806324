package waybill.order;

import java.util.Set;

/// Selects a page of orders.
///
/// @param states empty for any
/// @param placedBefore only orders that were placed by an event with a lower sequence, such as those after the last of
///     the previous page; [Long#MAX_VALUE] for the first page
public record OrderFilter(Scope scope, Set<OrderState> states, long placedBefore, int max) {

    /// The owner of the listed orders.
    public sealed interface Scope {

        default boolean includes(Order order) {
            return switch (this) {
                case All _ -> true;
                case OfCustomer(var customer) -> customer.equals(order.details().customerOrNone());
                case OfStore(var store) -> store.equals(order.store());
                case OfDriver(var driver) -> Actor.driver(driver).equals(order.driverOrNone());
            };
        }

        record All() implements Scope {}

        record OfCustomer(String customer) implements Scope {}

        record OfStore(String store) implements Scope {}

        record OfDriver(String driver) implements Scope {}
    }

    /// Whether an order is among those that the filter selects, on any page.
    public boolean includes(Order order) {
        return scope.includes(order) && (states.isEmpty() || states.contains(order.state()));
    }
}
