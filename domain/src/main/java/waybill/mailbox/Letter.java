package waybill.mailbox;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One undelivered letter. `eventId` is the position of its event in the log, so letters sort by it; `payload` is JSON,
/// as its sender wrote it.
///
/// @param takenByOrNone the driver who has taken the parcel on, in the form in which actors are kept
public record Letter(
        long eventId,
        Queue queue,
        String messageId,
        String payload,
        Instant receivedAt,
        @Nullable String takenByOrNone) {

    public Optional<String> takenBy() {
        return Optional.ofNullable(takenByOrNone);
    }
}
