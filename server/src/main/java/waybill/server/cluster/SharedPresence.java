package waybill.server.cluster;

import waybill.hub.presence.Presence;
import waybill.order.Actor;

/// The connections of all nodes. One that was opened is told the other nodes at once, because it may decide who holds
/// an order a moment later. The connections of a node that died count as alive for some 15 seconds more, and while
/// Redis
/// is away those that were known: then a parcel stays with its driver rather than going to a second one.
///
/// @param flush publishes what has changed, soon
record SharedPresence(SharedTable table, Runnable flush) implements Presence {

    @Override
    public void connected(String connection) {
        table.add(connection, 0);
        flush.run();
    }

    @Override
    public void disconnected(String connection) {
        table.remove(connection);
    }

    @Override
    public boolean isConnected(Actor actor) {
        return table.count(actor.id()) > 0;
    }
}
