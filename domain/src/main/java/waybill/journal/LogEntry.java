package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// One event of the log, with the data needed to render it. Sequences grow by one from 1, in the order of commitment; a
/// client sees a sequence as `eventId`. `occurredAt` is by the sender's clock, `receivedAt` by the hub's.
///
/// @param orderOrNone the order after the event; none for another event
/// @param previousState the state of the order before the event; [OrderState#NEW] for an order that was just placed
public record LogEntry(
        long sequence,
        @Nullable Order orderOrNone,
        OrderState previousState,
        Event event,
        Actor actor,
        Instant occurredAt,
        Instant receivedAt) {

    public LogEntry {
        if ((event instanceof OrderEvent) != (orderOrNone != null)) {
            throw new IllegalArgumentException("order: " + orderOrNone + " (expected: one for an event of an order)");
        }
    }

    public LogEntry withOrder(Order order) {
        return new LogEntry(sequence, order, previousState, event, actor, occurredAt, receivedAt);
    }

    public Optional<Order> order() {
        return Optional.ofNullable(orderOrNone);
    }
}
