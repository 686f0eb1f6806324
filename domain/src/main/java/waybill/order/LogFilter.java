package waybill.order;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Topic;

/// Which entries of the log somebody wants to see: those after a position and not before a time. No store means every
/// store; no topic means every one.
public record LogFilter(@Nullable String inStore, @Nullable Topic onTopic, long after, Instant since, int max) {

    public Optional<String> store() {
        return Optional.ofNullable(inStore);
    }

    public Optional<Topic> topic() {
        return Optional.ofNullable(onTopic);
    }
}
