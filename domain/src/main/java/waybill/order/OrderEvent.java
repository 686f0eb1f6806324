package waybill.order;

import java.util.Optional;
import waybill.mailbox.Topic;

/// Something that has happened to an order. Past tense, immutable, and already true: an event is never refused, only an
/// [OrderCommand] is.
///
/// Adding a kind of event breaks every `switch` that must know about it, which is the point.
public sealed interface OrderEvent {

    /// The payload of an event that was only shown, such as a scan. [Orders] then repeats what the sender said when it
    /// placed the order, so that no event of the log is without words.
    String NOTHING_SAID = "";

    /// What was said with it: JSON text, as its sender wrote it.
    String payload();

    record Placed(String payload) implements OrderEvent {}

    record Collected(String payload) implements OrderEvent {}

    /// Somebody else goes on with a parcel whose driver can never come back. Kept, but told to nobody: the store has
    /// heard that its parcel is on the way.
    record HandedOver(String payload) implements OrderEvent {}

    record Delivered(String payload) implements OrderEvent {}

    /// Under which topic somebody must be told, if anybody must.
    default Optional<Topic> topic() {
        return switch (this) {
            case Placed _ -> Optional.of(Topic.PICKUP);
            case Collected _ -> Optional.of(Topic.IN_TRANSIT);
            case HandedOver _ -> Optional.empty();
            case Delivered _ -> Optional.of(Topic.DELIVERED);
        };
    }
}
