package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// One event of the log, with all that is needed to tell of it. Positions grow by one from 1, in the order in which the
/// events were committed; a client sees a position as `eventId`. `occurredAt` is the sender's clock, `receivedAt` is
/// ours.
///
/// @param orderOrNone the order as it stood after the event; none for a [HubEvent]
/// @param previousState the state that the order was in until then; [OrderState#NEW] for one that was just placed
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
