package waybill.server;

import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.server.realtime.Placement;
import waybill.server.rest.Placing;

/// Orders placed over sockets go by the form that REST knows.
public final class FilledForms implements Placement {

    private final Placing placing;

    public FilledForms(Placing placing) {
        this.placing = placing;
    }

    @Override
    public CompletionStage<Outcome> place(Principal by, String form) {
        return placing.place(by, form).thenApply(placed -> switch (placed) {
            case Placing.Placed.Done(var order, var again) -> new Outcome.Placed(order, again);
            case Placing.Placed.Refused(var code, var message, var field, var retryAfter) ->
                new Outcome.Refused(code, message, field, retryAfter);
        });
    }
}
