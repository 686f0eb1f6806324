package waybill.order;

import java.time.Instant;
import waybill.access.UserId;

/// An event that every node of the hub must learn of, and that is sent to no client.
public sealed interface NodeEvent extends Event {

    /// The tokens of a user that were issued up to `until` are revoked.
    record TokensRevoked(UserId user, Instant until) implements NodeEvent {}

    /// A store has confirmed that it received the event with this sequence.
    record EventConfirmed(String store, long sequence) implements NodeEvent {}
}
