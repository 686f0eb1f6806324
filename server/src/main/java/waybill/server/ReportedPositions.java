package waybill.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.server.dialect.Report;
import waybill.server.realtime.Live;
import waybill.server.realtime.Positions.Outcome;
import waybill.server.rest.Positions;

/// Where drivers say over HTTP that they are, on the way that it takes from sockets.
record ReportedPositions(Live live) implements Positions {

    @Override
    public CompletionStage<Optional<Refusal>> report(Principal driver, List<Report> reports) {
        return live.report(driver, reports).thenApply(outcome -> switch (outcome) {
            case Outcome.Received _ -> Optional.empty();
            case Outcome.Unsure(var order) ->
                Optional.of(new Refusal("forbidden", "order " + order + ": not one that you are busy with", "orderId"));
            case Outcome.Refused(var code, var message, var field) -> Optional.of(new Refusal(code, message, field));
        });
    }
}
