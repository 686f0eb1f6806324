package waybill.hub;

import waybill.journal.UnitOfWork;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// Routes the events of orders to a consumer of its own, in the transactions that append them.
@FunctionalInterface
public interface EventRouting {

    /// Adds to the transaction what the consumer is to receive of the event.
    ///
    /// @param order the order after the event
    void route(UnitOfWork work, Order order, OrderEvent event);
}
