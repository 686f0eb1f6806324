package waybill.cli.orders;

import waybill.cli.orders.ReceivedEvents.ReceivedEvent;

/// An order of a user group: the hub's id and the external id.
record TestOrder(UserGroup group, String name, String id) {

    /// Whether an event is about this order.
    boolean isNamedIn(ReceivedEvent note) {
        return note.names(id) || note.names(name);
    }
}
