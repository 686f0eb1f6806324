package waybill.messaging;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One undelivered message. `eventId` is the sequence of its event, so messages sort by it; `payload` is JSON as sent
/// by the client.
///
/// @param claimedByOrNone the driver that claimed the parcel, in stored form
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
