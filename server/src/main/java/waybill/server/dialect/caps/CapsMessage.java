package waybill.server.dialect.caps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// What a `/caps` client means by an event.
public sealed interface CapsMessage {

    /// It wants to hear what happens to a store's parcels.
    record Join(String store) implements CapsMessage {}

    /// It listens to a queue; no store means the drivers' queues of all stores.
    record Subscribe(@Nullable String store, Topic topic) implements CapsMessage {}

    record Unsubscribe(@Nullable String store, Topic topic) implements CapsMessage {}

    /// A parcel is ready. `order` is the JSON text that its sender wrote.
    record Pickup(
            String store,
            String messageId,
            String foreignId,
            String order,
            @Nullable Instant occurredAt) implements CapsMessage {}

    record InTransit(
            String store,
            String name,
            String order,
            @Nullable Instant occurredAt) implements CapsMessage {}

    record Delivered(
            String store,
            String name,
            String order,
            @Nullable Instant occurredAt) implements CapsMessage {}

    /// A code was read at the door; no store means whichever knows the code.
    record Scan(
            @Nullable String store, String code, @Nullable Instant occurredAt) implements CapsMessage {}

    /// It has a message, which need not be sent to it again. No store or no topic means its own queue.
    record Received(@Nullable String store, @Nullable Topic topic, String messageId) implements CapsMessage {}

    /// It wants what waits in a queue. No topic means its own queues; no store means its own, or those of all stores if
    /// it is a driver.
    record GetAll(@Nullable String store, @Nullable Topic topic) implements CapsMessage {}

    /// It cannot be understood. `field` is what is wrong, `message` says what it was and what was expected.
    record Malformed(String field, String message) implements CapsMessage {}
}
