package waybill.hub.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Matching;
import waybill.dispatch.WaitingOrder;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Eta;
import waybill.tracking.Fix;

/// Shows which drivers could deliver an order, what each would cost, and which one the matching of all waiting orders
/// would give it. Nothing is changed by it. Safe from any thread; it reads the disk, so it must not run on an event
/// loop.
public final class DispatchPreview {

    /// Drivers that are looked up in the directory: the first by id.
    public static final int DRIVERS_MAX = 5_000;

    /// Waiting orders that are matched: those placed first, and the one that is asked for.
    public static final int ORDERS_MAX = 500;

    private static final int PAGE_MAX = 1_000;

    private final ActiveOrders activeOrders;
    private final Directory directory;
    private final DriverPositions driverPositions;
    private final DriverPlans plans;

    public DispatchPreview(ActiveOrders activeOrders, Directory directory, DriverPositions driverPositions) {
        this.activeOrders = activeOrders;
        this.directory = directory;
        this.driverPositions = driverPositions;
        plans = new DriverPlans(DispatchLimits.defaults());
    }

    /// The choice for this order at this time. Empty if it waits for no driver, or the place of its pickup or its
    /// drop-off is unknown.
    public Optional<OrderChoice> choose(Order order, DispatchWeights weights, long nowMs) {
        return activeOrders
                .byId(order.id())
                .flatMap(active -> WaitingOrders.of(active, nowMs))
                .map(waiting -> choose(waiting, weights, nowMs));
    }

    private OrderChoice choose(WaitingOrder wanted, DispatchWeights weights, long nowMs) {
        var orders = new ArrayList<WaitingOrder>();
        orders.add(wanted);
        for (var order : activeOrders.withoutDriver(ORDERS_MAX)) {
            WaitingOrders.of(order, nowMs)
                    .filter(waiting -> !waiting.id().equals(wanted.id()))
                    .ifPresent(orders::add);
        }
        var matching = new Matching(
                (from, to) -> Eta.of(from, to, Fix.UNKNOWN, 0).remainingMs(), DispatchLimits.defaults(), weights);
        var decision = matching.decide(orders, driversOnDuty(nowMs), Map.of(), nowMs);
        return Optional.ofNullable(decision.choices().get(wanted.id())).orElseThrow();
    }

    private List<AvailableDriver> driversOnDuty(long nowMs) {
        var drivers = new ArrayList<AvailableDriver>();
        var after = "";
        for (var read = 0; read < DRIVERS_MAX; read += PAGE_MAX) {
            var page = directory.listDrivers(after, PAGE_MAX);
            for (var state : page) {
                available(state, nowMs).ifPresent(drivers::add);
            }
            if (page.size() < PAGE_MAX) {
                break;
            }
            after = page.getLast().driver();
        }
        return drivers;
    }

    private Optional<AvailableDriver> available(DriverState state, long nowMs) {
        if (state.status() == DriverStatus.OFFLINE) {
            return Optional.empty();
        }
        return driverPositions
                .find(state.driver())
                .map(DriverTrackState::newest)
                .filter(fix -> nowMs - fix.recordedAtMs() <= DriverPositions.NEARBY_AGE_MAX.toMillis())
                .flatMap(fix -> plans.afterOrders(fix, activeOrders.ofDriver(state.driver()), nowMs));
    }
}
