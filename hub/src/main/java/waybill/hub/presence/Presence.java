package waybill.hub.presence;

import waybill.order.Actor;

/// The connections of all nodes, by which an anonymous actor is known. It decides who holds an order: another driver
/// may continue with the parcel of an anonymous one that is not connected any more. A port.
public interface Presence {

    void connected(String connection);

    void disconnected(String connection);

    /// Whether the connection that identifies the actor lives, on whichever node.
    boolean isConnected(Actor actor);
}
