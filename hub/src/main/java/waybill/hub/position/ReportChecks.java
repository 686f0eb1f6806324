package waybill.hub.position;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.order.OrderId;
import waybill.tracking.FixBatch;

/// What is checked of a report before its positions are.
final class ReportChecks {

    private ReportChecks() {}

    /// The refusal of a report by its sender or its length.
    static Optional<ReportOutcome> validate(Principal driver, List<PositionReport> reports) {
        var relation = driver.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE;
        if (!AccessTable.allows(driver.role(), Action.REPORT_POSITION, relation)) {
            return Optional.of(new ReportOutcome.Rejected(
                    Refusal.forbidden("positions: not yours to send (expected: a driver's)")));
        }
        var error = reports.isEmpty()
                ? Optional.of("positions: none (expected: at least one)")
                : FixBatch.sizeError(reports.size());
        return error.map(message -> new ReportOutcome.Rejected(Refusal.of(ErrorCode.TOO_LARGE, message)));
    }

    /// The orders that the reports name and that are not known in memory as the driver's.
    static Set<OrderId> unknownOrders(List<PositionReport> reports, DriverOrders orders) {
        var unknown = Set.<OrderId>of();
        for (var report : reports) {
            var order = report.orderOrNone();
            if (order != null && !orders.includes(order) && !unknown.contains(order)) {
                unknown = unknown.isEmpty() ? new LinkedHashSet<>() : unknown;
                unknown.add(order);
            }
        }
        return unknown;
    }
}
