package waybill.journal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderState;

/// Selects entries of the log after a sequence and not before a time. No store selects every store; a state selects the
/// events that led an order to it, none every event.
public record LogFilter(
        @Nullable String storeOrNone, @Nullable OrderState newStateOrNone, long after, Instant since, int max) {

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }

    public Optional<OrderState> newState() {
        return Optional.ofNullable(newStateOrNone);
    }
}
