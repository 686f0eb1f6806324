package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// Which entries of the log somebody wants to see: those after a position and not before a time. No store means every
/// store; no topic means every one.
public record LogFilter(
        @Nullable String storeOrNone, @Nullable Topic topicOrNone, long after, Instant since, int max) {

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }

    public Optional<Topic> topic() {
        return Optional.ofNullable(topicOrNone);
    }
}
