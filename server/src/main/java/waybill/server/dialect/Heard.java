package waybill.server.dialect;

import java.util.List;
import waybill.access.Role;
import waybill.order.OrderId;

/// What a client of `/realtime`, `/marketplace` or `/storefront` means by an event. Whether it may mean that is decided
/// elsewhere.
public sealed interface Heard {

    /// What makes sense only of somebody who has said who they are.
    sealed interface BySomebody extends Heard {}

    /// It says who it is.
    record Register(String userId, Role role) implements Heard {}

    /// It wants to hear what happens to an order, and where its driver is.
    record WatchOrder(OrderId order) implements BySomebody {}

    record UnwatchOrder(OrderId order) implements BySomebody {}

    /// It wants to hear where a driver is, and what the driver does.
    record WatchDriver(String driver) implements BySomebody {}

    /// A driver says where it is.
    record Positions(List<Report> reports) implements BySomebody {
        public Positions {
            reports = List.copyOf(reports);
        }
    }

    /// A driver says where it has been while it had no connection.
    ///
    /// @param rejected what of it could not be understood
    record PositionList(List<Report> reports, List<Rejection> rejected) implements BySomebody {
        public PositionList {
            reports = List.copyOf(reports);
            rejected = List.copyOf(rejected);
        }
    }

    /// It orders something. `form` is JSON text, in the shape of `POST /orders`; nobody has looked at it yet.
    record Place(String form) implements BySomebody {}

    /// A store takes an order.
    record Accept(OrderId order) implements BySomebody {}

    /// A store does not want an order. The reason is empty when none was given.
    record Decline(OrderId order, String reason) implements BySomebody {}

    /// A driver wants an order that is offered to all.
    record Claim(OrderId order) implements BySomebody {}

    /// A driver does not want an order that is offered to all. The reason is empty when none was given.
    record Pass(OrderId order, String reason) implements BySomebody {}

    /// It wants to be told what has happened after the event of that id.
    record Sync(long since) implements BySomebody {}

    /// It wants to know whether anybody is there.
    record Ping() implements Heard {}

    /// No event of this dialect.
    record Unknown(String event) implements Heard {}

    /// It cannot be understood. `field` is what is wrong, `message` says what it was and what was expected.
    record Malformed(String field, String message) implements Heard {}
}
