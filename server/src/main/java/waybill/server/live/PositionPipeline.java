package waybill.server.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.hub.position.DriverRateLimits;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.TrackingSnapshot;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Refusal;
import waybill.journal.UnavailableException;
import waybill.limit.RateLimiter;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.tracking.DriverPositions;
import waybill.tracking.FixBatch;
import waybill.tracking.FixOutcome;
import waybill.tracking.TrackLog;

/// Positions of drivers on their way to viewers and to the track log. Nothing here waits, least of all for the
/// disk. Thread-safe.
public final class PositionPipeline {

    /// The result of a report.
    public sealed interface Outcome {

        /// It was received.
        ///
        /// @param orderOrNone the order of the position, if it is only one
        /// @param outcome the result; of a list, the most useful one
        /// @param clockOffsetMs how much the phone's clock is ahead, negative if it is behind; 0 if it is right
        /// @param listOrNone the result of each, if it was a list
        record Received(
                @Nullable OrderId orderOrNone,
                Instant at,
                FixOutcome outcome,
                long clockOffsetMs,
                @Nullable ListOutcome listOrNone)
                implements Outcome {

            Received with(ListOutcome list) {
                return new Received(orderOrNone, at, outcome, clockOffsetMs, list);
            }
        }

        /// The report names orders that are not known here as the driver's: look them up, and call again.
        record LookupNeeded(Set<OrderId> orders) implements Outcome {

            /// The refusal if they are not looked up.
            public Refusal refusal() {
                return PositionReportHandler.notAssigned(orders.iterator().next());
            }
        }

        record Rejected(Refusal refusal) implements Outcome {}
    }

    /// The results of a list.
    ///
    /// @param rejected the rejected ones; they do not affect the others
    /// @param outcomes one for each in their order, empty for a rejected one
    public record ListOutcome(List<RejectedPosition> rejected, List<Optional<FixOutcome>> outcomes) {}

    private static final Logger LOG = LoggerFactory.getLogger(PositionPipeline.class);

    /// Two threads that read the clock at the same time may differ by less than this.
    private static final long CLOCK_BACK_MS = 1_000;

    private final ActiveOrders activeOrders;
    private final DriverPositions driverPositions;
    private final TrackLog tracks;
    private final InstantSource clock;
    private final RateLimiter<String> pointLimiter;
    private final FixRecorder fixRecorder;
    private final PositionBroadcaster broadcaster;
    private final LongAdder receivedCount = new LongAdder();
    private volatile long newestNowMs;

    PositionPipeline(LiveServices services, List<DialectChannel> audiences) {
        activeOrders = services.activeOrders();
        driverPositions = services.driverPositions();
        tracks = services.tracks();
        clock = services.clock();
        pointLimiter = DriverRateLimits.ofPoints(services.limits().trackPointsPerMinute());
        fixRecorder = new FixRecorder(driverPositions, tracks, pointLimiter);
        broadcaster = new PositionBroadcaster(services, audiences);
    }

    /// Restores the last positions of drivers after a restart. Reads the disk, so it is called before the hub
    /// accepts clients.
    void restore() {
        try {
            var sinceMs = clock.millis() - DriverPositions.RESTORED_AGE_MAX.toMillis();
            tracks.listNewest(sinceMs, DriverPositions.DRIVERS_MAX).forEach(driverPositions::restore);
        } catch (UnavailableException e) {
            LOG.warn(
                    "the last positions of drivers could not be restored: {}; each driver's next report sets its position",
                    e.getMessage());
        }
    }

    /// A driver reports its current position, or positions that it recorded offline.
    public Outcome accept(Principal driver, List<PositionReport> reports) {
        return accept(
                driver,
                reports,
                false,
                new FixRecorder.DriverOrders(activeOrders.ofDriver(driver.id()), Set.of(), false));
    }

    /// The same, with the looked-up orders that the report names.
    ///
    /// @param isList whether it was a list, for which each position has a result
    Outcome accept(Principal driver, List<PositionReport> reports, boolean isList, FixRecorder.DriverOrders orders) {
        if (!AccessTable.allows(
                driver.role(),
                Action.REPORT_POSITION,
                driver.role() == Role.DRIVER ? Relation.DRIVER : Relation.NONE)) {
            return new Outcome.Rejected(Refusal.forbidden("positions: not yours to send (expected: a driver's)"));
        }
        var complaint = reports.isEmpty()
                ? Optional.of("positions: none (expected: at least one)")
                : FixBatch.sizeError(reports.size());
        if (complaint.isPresent()) {
            return new Outcome.Rejected(Refusal.of(ErrorCode.TOO_LARGE, complaint.get()));
        }
        if (!orders.isComplete()) {
            var unknown = unknownOrders(reports, orders);
            if (!unknown.isEmpty()) {
                return new Outcome.LookupNeeded(unknown);
            }
        }
        var nowMs = clock.millis();
        checkClock(nowMs);
        receivedCount.add(reports.size());
        return isList || reports.size() > 1
                ? acceptList(driver.id(), reports, orders, nowMs)
                : acceptOne(driver.id(), reports.getFirst(), orders, nowMs);
    }

    private static Set<OrderId> unknownOrders(List<PositionReport> reports, FixRecorder.DriverOrders orders) {
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

    /// The hub's clock may be set back. Positions from before must not count as newer than those that arrive now.
    private void checkClock(long nowMs) {
        var newest = newestNowMs;
        if (nowMs > newest) {
            newestNowMs = nowMs; // a race of two writes one of them, which are milliseconds apart
        } else if (nowMs < newest - CLOCK_BACK_MS) {
            newestNowMs = nowMs;
            LOG.warn(
                    "the clock went back by {} ms; the stored last positions of drivers are discarded", newest - nowMs);
            driverPositions.onClockSetBack(nowMs);
        }
    }

    private Outcome acceptOne(String driver, PositionReport report, FixRecorder.DriverOrders orders, long nowMs) {
        var named = report.orderOrNone();
        if (named != null && !orders.includes(named)) {
            return new Outcome.Rejected(PositionReportHandler.notAssigned(named));
        }
        var complaint = FixRecorder.implausibleTime(report, nowMs);
        if (complaint.isPresent()) {
            return new Outcome.Rejected(Refusal.invalid("recordedAt", complaint.get()));
        }
        var isOver = named != null && !orders.isActive(named);
        var taken = fixRecorder.recordOne(driver, report, isOver, nowMs);
        var track = taken.trackOrNone();
        if (track != null && taken.outcome() == FixOutcome.LIVE) {
            broadcaster.broadcastOrThrottle(track, named, orders.active(), nowMs);
        }
        return received(
                named, orders.active(), taken.outcome(), track == null ? 0 : track.clockOffsetMs(), null, nowMs);
    }

    private Outcome acceptList(
            String driver, List<PositionReport> reports, FixRecorder.DriverOrders orders, long nowMs) {
        var strange = reports.stream()
                .flatMap(report -> report.order().stream())
                .filter(order -> !orders.includes(order))
                .toList();
        if (strange.size() == reports.size()) {
            return new Outcome.Rejected(PositionReportHandler.notAssigned(strange.getFirst()));
        }
        var retryAfterMs = pointLimiter.acquire(driver, reports.size(), nowMs);
        if (retryAfterMs > 0) {
            return new Outcome.Rejected(Refusal.rateLimited(
                    "positions: too many for the history (expected: fewer a minute)", Duration.ofMillis(retryAfterMs)));
        }
        var isForAll = reports.stream().anyMatch(report -> report.orderOrNone() == null);
        var named = isForAll ? List.<OrderId>of() : active(reports, orders);
        var taken = fixRecorder.recordList(driver, reports, orders, isForAll || !named.isEmpty(), nowMs);
        if (taken.outcomes().stream().allMatch(Optional::isEmpty)) {
            var first = taken.rejected().getFirst();
            return new Outcome.Rejected(Refusal.invalid("[0]." + first.field(), "[0]." + first.message()));
        }
        var only = named.size() == 1 ? named.getFirst() : null;
        if (taken.newestOrNone() != null) {
            broadcaster.broadcastOrThrottle(taken.newestOrNone(), only, orders.active(), nowMs);
        }
        var best = taken.outcomes().stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
        return received(
                only,
                isForAll ? orders.active() : List.of(),
                best.orElse(FixOutcome.HISTORY),
                taken.clockOffsetMs(),
                new ListOutcome(taken.rejected(), taken.outcomes()),
                nowMs);
    }

    /// Those of the driver's orders that the report names.
    private static List<OrderId> active(List<PositionReport> reports, FixRecorder.DriverOrders orders) {
        return reports.stream()
                .flatMap(report -> report.order().stream())
                .filter(orders::isActive)
                .distinct()
                .toList();
    }

    private static Outcome received(
            @Nullable OrderId named,
            List<Order> orders,
            FixOutcome outcome,
            long clockOffsetMs,
            @Nullable ListOutcome list,
            long nowMs) {
        var order = named == null && orders.size() == 1 ? orders.getFirst().id() : named;
        return new Outcome.Received(order, Instant.ofEpochMilli(nowMs), outcome, clockOffsetMs, list);
    }

    /// Broadcasts the newest of the throttled positions that are due. Called by one thread, often.
    void broadcastDue() {
        broadcaster.broadcastDue(clock.millis());
    }

    /// The tracking state of an order, for a new viewer. Empty if that takes a read.
    Optional<TrackingSnapshot> snapshotFor(Principal viewer, Order order) {
        return broadcaster.snapshotFor(viewer, order, clock.millis());
    }

    /// The same, with a read if it takes one.
    TrackingSnapshot loadSnapshotFor(Principal viewer, Order order) {
        return broadcaster.loadSnapshotFor(viewer, order, clock.millis());
    }

    /// Positions received since the start, from drivers that may report them.
    public long receivedCount() {
        return receivedCount.sum();
    }

    /// Positions that exceeded the rate, and were delayed or replaced by a newer one.
    public long throttledCount() {
        return broadcaster.throttledCount();
    }

    /// Positions broadcast, once for each order.
    public long broadcastCount() {
        return broadcaster.broadcastCount();
    }

    /// An order was picked up, or continues with another driver: from then on its customer and its store see the
    /// driver.
    void setVisibleSince(OrderId order, Instant at) {
        broadcaster.setVisibleSince(order, at);
    }

    /// The order has ended.
    void removeOrder(OrderId order) {
        broadcaster.removeOrder(order);
    }
}
