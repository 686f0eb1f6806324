package waybill.server.dialect;

import java.util.List;
import waybill.access.Role;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.order.OrderId;

/// What a client of `/realtime`, `/marketplace` or `/storefront` means by an event. Whether it may mean that is decided
/// elsewhere.
public sealed interface ClientMessage {

    /// What makes sense only of somebody who has said who they are.
    sealed interface Authenticated extends ClientMessage {}

    /// It says who it is.
    record Register(String userId, Role role) implements ClientMessage {}

    /// It wants to hear what happens to an order, and where its driver is.
    record WatchOrder(OrderId order) implements Authenticated {}

    record UnwatchOrder(OrderId order) implements Authenticated {}

    /// It wants to hear where a driver is, and what the driver does.
    record WatchDriver(String driver) implements Authenticated {}

    /// A driver says where it is.
    record Positions(List<PositionReport> reports) implements Authenticated {
        public Positions {
            reports = List.copyOf(reports);
        }
    }

    /// A driver says where it has been while it had no connection.
    ///
    /// @param rejected what of it could not be understood
    record PositionList(List<PositionReport> reports, List<RejectedPosition> rejected) implements Authenticated {
        public PositionList {
            reports = List.copyOf(reports);
            rejected = List.copyOf(rejected);
        }
    }

    /// It orders something. `orderJson` is JSON text, in the shape of `POST /orders`; nobody has looked at it yet.
    record Place(String orderJson) implements Authenticated {}

    /// A store takes an order.
    record Accept(OrderId order) implements Authenticated {}

    /// A store does not want an order. The reason is empty when none was given.
    record Decline(OrderId order, String reason) implements Authenticated {}

    /// A driver wants an order that is offered to all.
    record Claim(OrderId order) implements Authenticated {}

    /// A driver does not want an order that is offered to all. The reason is empty when none was given.
    record DeclineRequest(OrderId order, String reason) implements Authenticated {}

    /// It wants to be told what has happened after the event of that id.
    record Sync(long since) implements Authenticated {}

    /// It wants to know whether anybody is there.
    record Ping() implements ClientMessage {}

    /// No event of this dialect.
    record Unknown(String event) implements ClientMessage {}

    /// It cannot be understood. `field` is what is wrong, `message` says what it was and what was expected.
    record Malformed(String field, String message) implements ClientMessage {}
}
