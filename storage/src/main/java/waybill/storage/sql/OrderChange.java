package waybill.storage.sql;

import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// The changes of an order since its row was written. Belongs to the thread that writes.
final class OrderChange {

    private final @Nullable Order before;
    private Order now;
    private @Nullable Long readyAt;
    private @Nullable Long inTransitAt;
    private @Nullable Long deliveredAt;

    /// @param before the order in its row, if that is known
    OrderChange(@Nullable Order before, Order now) {
        this.before = before;
        this.now = now;
    }

    void apply(Order order, OrderEvent event) {
        now = order;
        var sequence = order.lastSequence();
        event.newState().ifPresent(state -> {
            switch (state) {
                case READY_FOR_PICKUP -> readyAt = sequence;
                case IN_TRANSIT -> inTransitAt = sequence;
                case DELIVERED -> deliveredAt = sequence;
                case NEW,
                        PENDING,
                        PAYMENT_CONFIRMED,
                        ACCEPTED,
                        PREPARING,
                        ASSIGNED_TO_DRIVER,
                        PICKED_UP,
                        CANCELLED,
                        DECLINED,
                        EXPIRED,
                        FAILED,
                        RETURNED -> {}
            }
        });
    }

    @Nullable
    Order beforeOrNone() {
        return before;
    }

    Order now() {
        return now;
    }

    /// The sequence of the newest event that made the order ready; none when that did not change.
    @Nullable
    Long readyAtOrNone() {
        return readyAt;
    }

    @Nullable
    Long inTransitAtOrNone() {
        return inTransitAt;
    }

    @Nullable
    Long deliveredAtOrNone() {
        return deliveredAt;
    }
}
