package waybill.server.dialect;

import java.util.List;
import waybill.access.Role;
import waybill.hub.position.FleetView;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.order.OrderId;

/// A parsed event of a client of `/realtime`, `/marketplace` or `/storefront`. It is authorized elsewhere.
public sealed interface ClientMessage {

    /// A message that requires an identified user.
    sealed interface Authenticated extends ClientMessage {}

    /// It claims an identity.
    record Register(String userId, Role role) implements ClientMessage {}

    /// It subscribes to the events and positions of an order.
    record WatchOrder(OrderId order) implements Authenticated {}

    record UnwatchOrder(OrderId order) implements Authenticated {}

    /// It subscribes to the positions and the status of a driver.
    record WatchDriver(String driver) implements Authenticated {}

    /// It subscribes to the drivers in a part of the map, or to those in another part.
    record WatchFleet(FleetView view) implements Authenticated {}

    record UnwatchFleet() implements Authenticated {}

    /// A driver reports its position.
    record Positions(List<PositionReport> reports) implements Authenticated {
        public Positions {
            reports = List.copyOf(reports);
        }
    }

    /// A driver reports the positions that it recorded offline.
    ///
    /// @param rejected the ones that could not be parsed
    record PositionList(List<PositionReport> reports, List<RejectedPosition> rejected) implements Authenticated {
        public PositionList {
            reports = List.copyOf(reports);
            rejected = List.copyOf(rejected);
        }
    }

    /// A driver sets its status and its shift. `statusJson` is JSON text with the schema of `PATCH
    /// /drivers/me/status`, not validated yet.
    record SetDriverStatus(String statusJson) implements Authenticated {}

    /// It places an order. `orderJson` is JSON text with the schema of `POST /orders`, not validated yet.
    record Place(String orderJson) implements Authenticated {}

    /// A store accepts an order.
    record Accept(OrderId order) implements Authenticated {}

    /// A store declines an order. The reason is empty if none was given.
    record Decline(OrderId order, String reason) implements Authenticated {}

    /// A driver accepts an order that it is offered.
    record AcceptOffer(OrderId order) implements Authenticated {}

    /// A driver declines an order that it is offered. The reason is empty if none was given.
    record DeclineOffer(OrderId order, String reason) implements Authenticated {}

    /// A driver hands an order back that it has not picked up yet.
    record HandBack(OrderId order, String reason) implements Authenticated {}

    /// It requests the events after that id.
    record Sync(long since) implements Authenticated {}

    /// It tests the connection.
    record Ping() implements ClientMessage {}

    /// No event of this dialect.
    record Unknown(String event) implements ClientMessage {}

    /// It cannot be parsed. `field` is the field at fault, `message` what came and what was expected.
    record Malformed(String field, String message) implements ClientMessage {}
}
