package waybill.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.server.dialect.Rejection;
import waybill.server.dialect.Report;
import waybill.server.realtime.Live;
import waybill.server.realtime.Positions.Outcome;
import waybill.server.rest.Positions;

/// Where drivers say over HTTP that they are, on the way that it takes from sockets.
record ReportedPositions(Live live) implements Positions {

    @Override
    public CompletionStage<Result> report(
            Principal driver, List<Report> reports, boolean isList, List<Rejection> unread) {
        return live.report(driver, reports, isList, unread).thenApply(outcome -> switch (outcome) {
            case Outcome.Received(var _, var _, var became, var clockOffsetMs, var list) ->
                new Result.Taken(
                        became,
                        clockOffsetMs,
                        list == null ? List.of() : list.rejected(),
                        list == null ? List.of() : list.outcomes());
            case Outcome.Unsure(var orders) ->
                new Result.Refused(
                        "forbidden",
                        "order " + orders.iterator().next() + ": not one that you are busy with",
                        "orderId",
                        Duration.ZERO);
            case Outcome.Refused(var code, var message, var field, var retryAfterMs) ->
                new Result.Refused(code, message, field, Duration.ofMillis(retryAfterMs));
        });
    }
}
