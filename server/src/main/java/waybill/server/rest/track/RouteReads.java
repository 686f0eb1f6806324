package waybill.server.rest.track;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import waybill.hub.position.DrivenRoute;
import waybill.hub.projection.ActiveOrders;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.order.ListedOrder;
import waybill.order.Order;
import waybill.order.OrderFilter;
import waybill.order.OrderQueries;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.order.OrderReads;
import waybill.tracking.DriverAssignment;
import waybill.tracking.PositionVisibility;
import waybill.tracking.TrackLog;

/// Reads the route of an order, as far as the caller may see it.
public final class RouteReads implements OperationHandlers {

    /// Other orders of the driver that are looked at, the newest; a driver has fewer in hand.
    private static final int OTHERS_MAX = 100;

    private final OrderQueries orderQueries;
    private final EventLog log;
    private final TrackLog tracks;
    private final Function<Order, PositionVisibility.Precision> precision;
    private final double speedMax;

    public RouteReads(
            OrderQueries orderQueries,
            EventLog log,
            TrackLog tracks,
            Function<Order, PositionVisibility.Precision> precision,
            double speedMax) {
        this.orderQueries = orderQueries;
        this.log = log;
        this.tracks = tracks;
        this.precision = precision;
        this.speedMax = speedMax;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("readRoute", this::route);
    }

    public RequestAction route(ApiRequest call) {
        var id = call.order();
        var form = RouteFormat.of(call);
        return new RequestAction.Read(() -> {
            var order = OrderReads.requireVisible(orderQueries, call, id);
            var history = log.listHistory(id);
            var turns = PositionVisibility.seesAllPositions(call.principal().role())
                    ? DriverAssignment.fromHistory(history)
                    : seenTurns(order, history);
            return form.response(order, DrivenRoute.of(turns, tracks, speedMax));
        });
    }

    /// The part that customer and store see: from when on the order was the driver's next stop. Empty while the
    /// driver has earlier stops.
    private List<DriverAssignment> seenTurns(Order order, List<LogEntry> history) {
        var isHidden = PositionVisibility.isVisible(order.state())
                && precision.apply(order) != PositionVisibility.Precision.EXACT;
        return isHidden
                ? List.of()
                : PositionVisibility.afterStopsBefore(
                        PositionVisibility.visibleAssignments(history), othersOfDriver(order, history));
    }

    /// When the driver had other orders in hand that it may have delivered before.
    private List<DriverAssignment> othersOfDriver(Order order, List<LogEntry> history) {
        var pickedUpAt = history.stream()
                .filter(entry -> entry.order()
                        .filter(then -> PositionVisibility.isVisible(then.state()))
                        .isPresent())
                .mapToLong(LogEntry::sequence)
                .min();
        var driver = ActiveOrders.driver(order);
        if (driver.isEmpty() || pickedUpAt.isEmpty()) {
            return List.of();
        }
        var placedBefore = order.lastSequence() + 1;
        var filter = new OrderFilter(new OrderFilter.Scope.OfDriver(driver.get()), Set.of(), placedBefore, OTHERS_MAX);
        return orderQueries.listOrders(filter).stream()
                .map(ListedOrder::order)
                .filter(other -> !other.id().equals(order.id()) && other.lastSequence() > pickedUpAt.getAsLong())
                .flatMap(other -> PositionVisibility.visibleAssignments(log.listHistory(other.id())).stream())
                .toList();
    }
}
