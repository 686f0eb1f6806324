package waybill.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// One undelivered message: an event of an order.
///
/// @param order the order after the event
/// @param claimedByOrNone the driver that has claimed the parcel by now, in stored form
public record QueuedMessage(
        Queue queue,
        Order order,
        OrderEvent event,
        Instant receivedAt,
        @Nullable String claimedByOrNone) {

    /// The sequence of the event, by which messages sort.
    public long eventId() {
        return order.lastSequence();
    }

    public String messageId() {
        return order.messageId();
    }

    public Optional<String> claimedBy() {
        return Optional.ofNullable(claimedByOrNone);
    }

    /// The sender's document.
    public String document() {
        return order.documentOf(event);
    }
}
