package waybill.cli.orders;

import waybill.cli.orders.Notes.Note;

/// One order of a world's: the hub's own id of it, and what its sender calls it.
record Errand(World world, String name, String id) {

    /// Whether somebody was told of this order.
    boolean isNamedIn(Note note) {
        return note.names(id) || note.names(name);
    }
}
