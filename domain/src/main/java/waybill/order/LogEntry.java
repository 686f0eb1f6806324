package waybill.order;

import java.time.Instant;

/// One event of the log. Positions grow by one from 1, in the order in which the events were committed; a client sees a
/// position as `eventId`. `occurredAt` is the sender's clock, `receivedAt` is ours.
public record LogEntry(
        long position,
        OrderId order,
        String store,
        String messageId,
        OrderEvent event,
        Actor by,
        Instant occurredAt,
        Instant receivedAt) {}
