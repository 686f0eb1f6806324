package waybill.hub.position;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.Refusal;
import waybill.hub.schedule.BlockingReads;
import waybill.journal.EventLog;
import waybill.limit.RateLimiter;
import waybill.order.Order;
import waybill.order.OrderAuthorization;
import waybill.order.OrderId;
import waybill.order.OrderQueries;
import waybill.tracking.DriverAssignment;
import waybill.tracking.FixOutcome;

/// Drivers' reports of positions, from any protocol. In most cases the driver's orders are in memory; orders that
/// are not known as the driver's, because they were just assigned or have ended, are looked up. Thread-safe.
public final class PositionReports implements PositionIngestion {

    /// Orders that are looked up for one report. Those beyond it count as another driver's.
    public static final int LOOK_UPS_MAX = 20;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final PositionPipeline pipeline;
    private final RateHints rateHints;
    private final ActiveOrders activeOrders;
    private final OrderQueries orderQueries;
    private final EventLog log;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final RateLimiter<String> lookUpLimiter = DriverRateLimits.ofLookUps();

    public PositionReports(
            PositionPipeline pipeline,
            RateHints rateHints,
            ActiveOrders activeOrders,
            OrderQueries orderQueries,
            EventLog log,
            Executor blockingExecutor,
            InstantSource clock) {
        this.pipeline = pipeline;
        this.rateHints = rateHints;
        this.activeOrders = activeOrders;
        this.orderQueries = orderQueries;
        this.log = log;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
    }

    /// Look-ups are limited for each driver.
    @Override
    public CompletionStage<ReportOutcome> report(
            Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread) {
        var outcome = accept(driver, reports, isList);
        var complete = outcome instanceof ReportOutcome.LookupNeeded(var orders)
                ? lookUp(
                        driver,
                        reports,
                        isList,
                        orders,
                        () -> lookUpLimiter.acquire(driver.id(), Math.min(LOOK_UPS_MAX, orders.size()), clock.millis())
                                == 0)
                : CompletableFuture.completedStage(outcome);
        return complete.thenApply(
                known -> known instanceof ReportOutcome.Received received && received.listOrNone() != null
                        ? received.with(merged(received.listOrNone(), unread))
                        : known);
    }

    @Override
    public void recordImplausible(Principal driver, List<PositionReport> reports) {
        pipeline.recordImplausible(driver.id(), reports);
    }

    @Override
    public long nextIntervalMs(Principal driver) {
        return rateHints.intervalMs(driver.id());
    }

    /// Accepts a report by the orders in memory. If it names others, the result is that they are to be looked up.
    public ReportOutcome accept(Principal driver, List<PositionReport> reports, boolean isList) {
        return pipeline.accept(driver, reports, isList);
    }

    /// Looks up the orders that a report names, and accepts it.
    ///
    /// @param isInBudget whether the client may have them looked up
    public CompletionStage<ReportOutcome> lookUp(
            Principal driver,
            List<PositionReport> reports,
            boolean isList,
            Set<OrderId> orders,
            BooleanSupplier isInBudget) {
        if (!isInBudget.getAsBoolean()) {
            return CompletableFuture.completedStage(new ReportOutcome.Rejected(Refusal.rateLimited(
                    "positions: too many orders that are not yours (expected: none for a while)", RETRY)));
        }
        return BlockingReads.supply(
                blockingExecutor, () -> pipeline.accept(driver, reports, isList, findOrders(driver, orders)));
    }

    private DriverOrders findOrders(Principal driver, Set<OrderId> orders) {
        var active = new ArrayList<>(activeOrders.ofDriver(driver.id()));
        var ended = new HashSet<OrderId>();
        orders.stream()
                .limit(LOOK_UPS_MAX)
                .flatMap(id -> orderQueries.findOrder(id).stream())
                .forEach(order -> {
                    if (order.state().isActive() && OrderAuthorization.relationTo(driver, order) == Relation.DRIVER) {
                        active.add(order);
                    } else if (wasAssignedTo(driver, order)) {
                        ended.add(order.id());
                    }
                });
        return new DriverOrders(active, ended, true);
    }

    /// Whether the order was this driver's until it ended, or until it was reassigned.
    private boolean wasAssignedTo(Principal driver, Order order) {
        return OrderAuthorization.relationTo(driver, order) == Relation.DRIVER
                || DriverAssignment.fromHistory(log.listHistory(order.id())).stream()
                        .anyMatch(assignment -> assignment.driver().equals(driver.id()));
    }

    /// One list of all results, in the order of the reported positions.
    ///
    /// @param unread the positions that could not be parsed, and were left out before
    public static ReportOutcome.ListOutcome merged(ReportOutcome.ListOutcome list, List<RejectedPosition> unread) {
        if (unread.isEmpty()) {
            return list;
        }
        var places = new HashSet<Integer>();
        unread.forEach(rejection -> places.add(rejection.index()));
        var rejected = new ArrayList<>(unread);
        var outcomes = new ArrayList<Optional<FixOutcome>>();
        var placeOf = new int[list.outcomes().size()];
        for (var i = 0; i < placeOf.length; i++) {
            while (places.contains(outcomes.size())) {
                outcomes.add(Optional.empty());
            }
            placeOf[i] = outcomes.size();
            outcomes.add(list.outcomes().get(i));
        }
        while (places.contains(outcomes.size())) {
            outcomes.add(Optional.empty());
        }
        list.rejected()
                .forEach(rejection -> rejected.add(
                        new RejectedPosition(placeOf[rejection.index()], rejection.field(), rejection.message())));
        rejected.sort((one, other) -> Integer.compare(one.index(), other.index()));
        return new ReportOutcome.ListOutcome(List.copyOf(rejected), List.copyOf(outcomes));
    }
}
