package waybill.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One undelivered letter. `eventId` is the position of its event in the log, so letters sort by it; `payload` is JSON,
/// as its sender wrote it.
///
/// @param claimedByOrNone the driver who has taken the parcel on, in the form in which actors are kept
public record QueuedMessage(
        long eventId,
        Queue queue,
        String messageId,
        String payload,
        Instant receivedAt,
        @Nullable String claimedByOrNone) {

    public Optional<String> claimedBy() {
        return Optional.ofNullable(claimedByOrNone);
    }
}
