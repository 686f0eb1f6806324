package waybill.server.rest.track;

import java.util.List;
import waybill.hub.position.DrivenRoute;
import waybill.journal.LogEntry;
import waybill.order.Order;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RestServices;
import waybill.server.rest.order.OrderReads;
import waybill.tracking.DriverAssignment;
import waybill.tracking.PositionVisibility;

/// Reads the route of an order, as far as the caller may see it.
public final class RouteReads {

    private final RestServices services;

    public RouteReads(RestServices services) {
        this.services = services;
    }

    public RequestAction route(ApiRequest call) {
        var id = call.order();
        var form = RouteFormat.of(call);
        return new RequestAction.Read(() -> {
            var order = OrderReads.requireVisible(services, call, id);
            var history = services.log().listHistory(id);
            var turns = PositionVisibility.seesAllPositions(call.principal().role())
                    ? DriverAssignment.fromHistory(history)
                    : seenTurns(order, history);
            return form.response(order, DrivenRoute.of(turns, services.tracks(), services.speedMax()));
        });
    }

    /// The part that customer and store see. Empty while the driver has earlier stops.
    private List<DriverAssignment> seenTurns(Order order, List<LogEntry> history) {
        var isHidden = PositionVisibility.isVisible(order.state())
                && services.precision().apply(order) != PositionVisibility.Precision.EXACT;
        return isHidden ? List.of() : PositionVisibility.visibleAssignments(history);
    }
}
