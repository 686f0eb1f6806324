package waybill.hub.dispatch;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Matching;
import waybill.dispatch.StoredDecision;
import waybill.dispatch.WaitingOrder;
import waybill.eta.StraightLine;
import waybill.hub.eta.ReadyTimes;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;

/// Shows which drivers could deliver an order, what each would cost, and which one the matching of all waiting orders
/// would give it. Nothing is changed by it. Safe from any thread; it compares many drivers, so it must not run on an
/// event loop.
public final class DispatchPreview {

    /// Waiting orders that are matched: those placed first, and the one that is asked for.
    public static final int ORDERS_MAX = 500;

    private final ActiveOrders activeOrders;
    private final DriversOnDuty driversOnDuty;
    private final WaitingOrders waitingOrders;

    public DispatchPreview(ActiveOrders activeOrders, DriversOnDuty driversOnDuty, ReadyTimes readyTimes) {
        waitingOrders = new WaitingOrders(readyTimes);
        this.activeOrders = activeOrders;
        this.driversOnDuty = driversOnDuty;
    }

    /// The choice for this order at this time. Empty if it waits for no driver, or the place of its pickup or its
    /// drop-off is unknown.
    public Optional<OrderChoice> choose(Order order, DispatchWeights weights, long nowMs) {
        return activeOrders
                .byId(order.id())
                .flatMap(active -> waitingOrders.of(active, nowMs))
                .map(waiting -> choose(waiting, weights, nowMs));
    }

    /// What other weights would have decided then.
    public static OrderChoice replay(StoredDecision decision, DispatchWeights weights) {
        return decision.replay(StraightLine::travelMs, DispatchLimits.defaults(), weights);
    }

    private OrderChoice choose(WaitingOrder wanted, DispatchWeights weights, long nowMs) {
        var orders = new ArrayList<WaitingOrder>();
        orders.add(wanted);
        for (var order : activeOrders.withoutDriver(ORDERS_MAX)) {
            waitingOrders
                    .of(order, nowMs)
                    .filter(waiting -> !waiting.id().equals(wanted.id()))
                    .ifPresent(orders::add);
        }
        var matching = new Matching((from, to) -> StraightLine.travelMs(from, to), DispatchLimits.defaults(), weights);
        var decision = matching.decide(orders, driversOnDuty.available(nowMs), Map.of(), nowMs);
        return Optional.ofNullable(decision.choices().get(wanted.id())).orElseThrow();
    }
}
