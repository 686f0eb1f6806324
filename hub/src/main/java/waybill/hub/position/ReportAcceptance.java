package waybill.hub.position;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.hub.arrival.ArrivalTracker;
import waybill.hub.refusal.Refusal;
import waybill.limit.RateLimiter;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverTrack;
import waybill.tracking.FixOutcome;
import waybill.tracking.FixStatus;

/// What becomes of the validated positions of a driver, within its update: they are recorded, compared with its stops,
/// and published or throttled. Thread-safe.
///
/// @param pointLimiter limits the positions of a driver that are stored
record ReportAcceptance(
        RateLimiter<String> pointLimiter,
        FixRecorder fixRecorder,
        ArrivalTracker arrivals,
        PositionPublication publication) {

    /// Accepts a single position.
    ReportOutcome acceptOne(DriverTrack track, String driver, PositionReport report, DriverOrders orders, long nowMs) {
        var named = report.orderOrNone();
        if (named != null && !orders.includes(named)) {
            return new ReportOutcome.Rejected(ReportOutcome.notAssigned(named));
        }
        var timeError = FixRecorder.implausibleTime(report, nowMs);
        if (timeError.isPresent()) {
            return new ReportOutcome.Rejected(Refusal.invalid("recordedAt", timeError.get()));
        }
        var hasEnded = named != null && !orders.isActive(named);
        var before = track.stateOrNone();
        var result = fixRecorder.recordOne(track, driver, report, hasEnded, nowMs);
        var state = result.stateOrNone();
        if (result.fixOrNone() != null
                && state != null
                && (state.status() != FixStatus.ACCEPTED || FixSampling.isFirst(before, state))) {
            arrivals.accept(result.fixOrNone(), state.status(), nowMs);
        }
        if (state != null && result.outcome() == FixOutcome.LIVE) {
            publication.publishOrThrottle(state, named, orders.active(), nowMs);
        }
        return received(
                named, orders.active(), result.outcome(), state == null ? 0 : state.clockOffsetMs(), null, nowMs);
    }

    /// Accepts a list of positions, each with a result.
    ReportOutcome acceptList(
            DriverTrack track, String driver, List<PositionReport> reports, DriverOrders orders, long nowMs) {
        var strange = reports.stream()
                .flatMap(report -> report.order().stream())
                .filter(order -> !orders.includes(order))
                .toList();
        if (strange.size() == reports.size()) {
            return new ReportOutcome.Rejected(ReportOutcome.notAssigned(strange.getFirst()));
        }
        var retryAfterMs = pointLimiter.acquire(driver, reports.size(), nowMs);
        if (retryAfterMs > 0) {
            return new ReportOutcome.Rejected(Refusal.rateLimited(
                    "positions: too many for the history (expected: fewer a minute)", Duration.ofMillis(retryAfterMs)));
        }
        var isForAll = reports.stream().anyMatch(report -> report.orderOrNone() == null);
        var named = isForAll ? List.<OrderId>of() : active(reports, orders);
        var result = fixRecorder.recordList(track, driver, reports, orders, isForAll || !named.isEmpty(), nowMs);
        arrivals.acceptAll(driver, result.fixes(), nowMs);
        if (result.outcomes().stream().allMatch(Optional::isEmpty)) {
            var first = result.rejected().getFirst();
            return new ReportOutcome.Rejected(Refusal.invalid("[0]." + first.field(), "[0]." + first.message()));
        }
        var only = named.size() == 1 ? named.getFirst() : null;
        if (result.newestOrNone() != null) {
            publication.publishOrThrottle(result.newestOrNone(), only, orders.active(), nowMs);
        }
        var best = result.outcomes().stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
        return received(
                only,
                isForAll ? orders.active() : List.of(),
                best.orElse(FixOutcome.HISTORY),
                result.clockOffsetMs(),
                new ReportOutcome.ListOutcome(result.rejected(), result.outcomes()),
                nowMs);
    }

    /// Those of the driver's orders that the report names.
    private static List<OrderId> active(List<PositionReport> reports, DriverOrders orders) {
        return reports.stream()
                .flatMap(report -> report.order().stream())
                .filter(orders::isActive)
                .distinct()
                .toList();
    }

    private static ReportOutcome received(
            @Nullable OrderId named,
            List<Order> orders,
            FixOutcome outcome,
            long clockOffsetMs,
            ReportOutcome.@Nullable ListOutcome list,
            long nowMs) {
        var order = named == null && orders.size() == 1 ? orders.getFirst().id() : named;
        return new ReportOutcome.Received(order, Instant.ofEpochMilli(nowMs), outcome, clockOffsetMs, list);
    }
}
