package waybill.cli.orders;

import waybill.cli.orders.ReceivedEvents.ReceivedEvent;

/// One order of a world's: the hub's own id of it, and what its sender calls it.
record TestOrder(UserGroup group, String name, String id) {

    /// Whether somebody was told of this order.
    boolean isNamedIn(ReceivedEvent note) {
        return note.names(id) || note.names(name);
    }
}
