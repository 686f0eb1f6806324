package waybill.hub;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.order.Order;

/// Has an order placed by its form, the JSON text that `POST /orders` takes as well.
public interface OrderPlacement {

    /// What came of it.
    sealed interface Outcome {

        /// It is on disk. `isDuplicate` if it was there before.
        record Placed(Order order, boolean isDuplicate) implements Outcome {}

        record Rejected(String code, String message, Optional<String> field, Duration retryAfter) implements Outcome {}
    }

    /// Never blocks.
    CompletionStage<Outcome> place(Principal by, String form);
}
