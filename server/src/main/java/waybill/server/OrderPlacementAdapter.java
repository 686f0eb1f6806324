package waybill.server;

import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.hub.OrderPlacement;
import waybill.server.rest.order.JsonOrderPlacement;

/// Orders that are placed over sockets have the same schema as in REST.
public final class OrderPlacementAdapter implements OrderPlacement {

    private final JsonOrderPlacement jsonOrderPlacement;

    public OrderPlacementAdapter(JsonOrderPlacement placing) {
        this.jsonOrderPlacement = placing;
    }

    @Override
    public CompletionStage<Outcome> place(Principal by, String form) {
        return jsonOrderPlacement.place(by, form).thenApply(placed -> switch (placed) {
            case JsonOrderPlacement.Result.Placed(var order, var again) -> new Outcome.Placed(order, again);
            case JsonOrderPlacement.Result.Rejected(var code, var message, var field, var retryAfter) ->
                new Outcome.Rejected(code, message, field, retryAfter);
        });
    }
}
