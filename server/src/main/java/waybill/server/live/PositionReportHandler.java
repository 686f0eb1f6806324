package waybill.server.live;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import waybill.access.Principal;
import waybill.hub.position.PositionReport;
import waybill.hub.position.PositionReports;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.ReportOutcome;
import waybill.hub.refusal.ErrorCode;
import waybill.order.OrderId;
import waybill.server.metrics.PositionCounters;
import waybill.server.metrics.PositionCounters.Source;
import waybill.server.socket.EventResponder;
import waybill.socketio.RawJson;

/// Handles a driver's report of positions over a socket.
public final class PositionReportHandler {

    private final PositionReports reporting;
    private final PositionCounters counters;
    private final InstantSource clock;

    public PositionReportHandler(PositionReports reporting, PositionCounters counters, InstantSource clock) {
        this.reporting = reporting;
        this.counters = counters;
        this.clock = clock;
    }

    /// @param isList whether it was a list, for which each position has a result
    /// @param rejected the positions that could not be parsed
    void handle(
            ClientSession client,
            Principal driver,
            List<PositionReport> reports,
            boolean isList,
            List<RejectedPosition> rejected,
            EventResponder reply) {
        var outcome = reporting.accept(driver, reports, isList);
        if (outcome instanceof ReportOutcome.LookupNeeded(var orders)) {
            reporting
                    .lookUp(driver, reports, isList, orders, () -> takesBudget(client, orders))
                    .whenComplete((complete, thrown) -> {
                        if (thrown == null) {
                            counters.count(Source.SOCKET, reports.size(), rejected.size(), complete);
                            respond(client, complete, rejected, reply);
                        } else {
                            reply.failed(thrown);
                        }
                    });
        } else {
            counters.count(Source.SOCKET, reports.size(), rejected.size(), outcome);
            respond(client, outcome, rejected, reply);
        }
    }

    private boolean takesBudget(ClientSession client, Set<OrderId> orders) {
        var nowMs = clock.millis();
        var budget = client.orderCommands();
        for (var i = Math.min(PositionReports.LOOK_UPS_MAX, orders.size()); i > 0; i--) {
            if (!budget.take(nowMs)) {
                return false;
            }
        }
        return true;
    }

    private static void respond(
            ClientSession client, ReportOutcome outcome, List<RejectedPosition> rejected, EventResponder reply) {
        switch (outcome) {
            case ReportOutcome.Received received -> respondReceived(client, received, rejected, reply);
            case ReportOutcome.LookupNeeded needed ->
                reply.failed(needed.refusal().withField(null));
            case ReportOutcome.Rejected(var refusal) ->
                reply.failed(refusal.code() == ErrorCode.FORBIDDEN ? refusal.withField(null) : refusal);
        }
    }

    private static void respondReceived(
            ClientSession client,
            ReportOutcome.Received received,
            List<RejectedPosition> rejected,
            EventResponder reply) {
        client.dialect
                .renderReceived(received.orderOrNone(), received.at(), received.outcome(), received.clockOffsetMs())
                .ifPresent(outgoing -> client.socket.emit(outgoing.event(), new RawJson(outgoing.json())));
        var list = received.listOrNone();
        if (list == null) {
            reply.ackUnlogged(PositionAcks.of(received.outcome(), received.clockOffsetMs(), client.dialect));
            return;
        }
        if (reply.ack().isRequested()) {
            reply.ackUnlogged(PositionAcks.of(
                    received.outcome(),
                    received.clockOffsetMs(),
                    PositionReports.merged(list, rejected),
                    client.dialect));
        }
    }
}
