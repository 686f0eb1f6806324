package waybill.hub;

import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.hub.refusal.Refusal;
import waybill.order.Order;

/// Places an order from the JSON text that `POST /orders` takes.
public interface OrderPlacement {

    sealed interface Outcome {

        /// It is on disk. `isDuplicate` if it was placed before.
        record Placed(Order order, boolean isDuplicate) implements Outcome {}

        record Rejected(Refusal refusal) implements Outcome {}
    }

    /// Never blocks.
    CompletionStage<Outcome> place(Principal by, String form);
}
