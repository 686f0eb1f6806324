package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.messaging.Topic;

/// Selects entries of the log after a sequence and not before a time. No store selects every store; no topic, every
/// topic.
public record LogFilter(
        @Nullable String storeOrNone, @Nullable Topic topicOrNone, long after, Instant since, int max) {

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }

    public Optional<Topic> topic() {
        return Optional.ofNullable(topicOrNone);
    }
}
