package waybill.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event of which a store must say that it has it, and how far that is.
///
/// @param attempts how often it was sent
/// @param closedAtOrNone when it stopped to matter, such as by a deadline that passed
public record Confirmation(
        long eventId,
        String store,
        Instant requestedAt,
        int attempts,
        @Nullable Instant sentAtOrNone,
        @Nullable Instant acknowledgedAtOrNone,
        @Nullable Instant closedAtOrNone) {

    /// How far a receipt is.
    public enum State {
        /// Nobody was there to send it to.
        PENDING,
        /// It was sent, and is sent again until somebody says that they have it.
        SENT,
        ACKNOWLEDGED,
        /// It stopped to matter before anybody said that they had it.
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
