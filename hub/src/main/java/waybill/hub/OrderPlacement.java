package waybill.hub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.order.Order;

/// Places an order from the JSON text that `POST /orders` takes.
public interface OrderPlacement {

    sealed interface Outcome {

        /// It is on disk. `isDuplicate` if it was placed before.
        record Placed(Order order, boolean isDuplicate) implements Outcome {}

        record Rejected(String code, String message, Optional<String> field, Duration retryAfter) implements Outcome {}
    }

    /// Never blocks.
    CompletionStage<Outcome> place(Principal by, String form);
}
