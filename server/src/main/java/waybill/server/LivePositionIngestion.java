package waybill.server;

import java.util.List;
import java.util.concurrent.CompletionStage;
import waybill.access.Principal;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.ReportOutcome;
import waybill.server.live.DialectServer;
import waybill.server.rest.http.PositionIngestion;

/// Positions that drivers report over HTTP, handled like those of sockets.
record LivePositionIngestion(DialectServer dialectServer) implements PositionIngestion {

    @Override
    public CompletionStage<Result> report(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread) {
        return dialectServer.reportPositions(driver, reports, isList, unread).thenApply(outcome -> switch (outcome) {
            case ReportOutcome.Received(var _, var _, var became, var clockOffsetMs, var list) ->
                new Result.Accepted(
                        became,
                        clockOffsetMs,
                        list == null ? List.of() : list.rejected(),
                        list == null ? List.of() : list.outcomes());
            case ReportOutcome.LookupNeeded needed -> new Result.Rejected(needed.refusal());
            case ReportOutcome.Rejected(var refusal) -> new Result.Rejected(refusal);
        });
    }
}
