package waybill.server.dialect.caps;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// A parsed event of a `/caps` client.
public sealed interface CapsMessage {

    /// It subscribes to the events of a store's parcels.
    record Join(String store) implements CapsMessage {}

    /// It subscribes to a queue; without a store, to the drivers' queues of all stores.
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

    /// A code was scanned at delivery; without a store, any store with that code.
    record Scan(
            @Nullable String store, String code, @Nullable Instant occurredAt) implements CapsMessage {}

    /// It confirms a message, which is not sent to it again. Without a store or a topic, in its own queue.
    record Received(@Nullable String store, @Nullable Topic topic, String messageId) implements CapsMessage {}

    /// It requests the messages of a queue. Without a topic, of its own queues; without a store, of its own, or of
    /// all stores if it is a driver.
    record GetAll(@Nullable String store, @Nullable Topic topic) implements CapsMessage {}

    /// It cannot be parsed. `field` is the field at fault, `message` what came and what was expected.
    record Malformed(String field, String message) implements CapsMessage {}
}
