package waybill.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event that a store must confirm, and the state of that confirmation.
///
/// @param attempts how often it was sent
/// @param closedAtOrNone when it became obsolete, such as by a deadline that passed
public record Confirmation(
        long eventId,
        String store,
        Instant requestedAt,
        int attempts,
        @Nullable Instant sentAtOrNone,
        @Nullable Instant acknowledgedAtOrNone,
        @Nullable Instant closedAtOrNone) {

    public enum State {
        /// No client of the store was connected.
        PENDING,
        /// It was sent, and is sent again until a client confirms it.
        SENT,
        ACKNOWLEDGED,
        /// It became obsolete before a client confirmed it.
        CLOSED
    }

    public State state() {
        if (acknowledgedAtOrNone != null) {
            return State.ACKNOWLEDGED;
        }
        if (closedAtOrNone != null) {
            return State.CLOSED;
        }
        return sentAtOrNone == null ? State.PENDING : State.SENT;
    }

    public Optional<Instant> sentAt() {
        return Optional.ofNullable(sentAtOrNone);
    }

    public Optional<Instant> acknowledgedAt() {
        return Optional.ofNullable(acknowledgedAtOrNone);
    }
}
