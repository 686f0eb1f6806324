package waybill.server.caps;

import waybill.messaging.Queue;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.Profile;

/// The names of the rooms on `/caps`. Each is per profile, so that an event is encoded once for all its sockets.
final class CapsRooms {

    /// Sockets that are excluded from broadcasts of large messages, because their backlog is full.
    static final String BEHIND = "behind";

    private CapsRooms() {}

    /// All sockets that receive pickups.
    static String pickups(Profile profile) {
        return "pickups@" + profile.wireName();
    }

    /// The sockets of one driver; without an id, its socket.
    static String driver(Actor driver, Profile profile) {
        return "driver@" + profile.wireName() + ":" + driver.kind() + ":" + driver.id();
    }

    static String store(String store, Profile profile) {
        return "store@" + profile.wireName() + ":" + store;
    }

    static String queue(Queue queue, Profile profile) {
        return CapsDialect.eventName(queue.topic()) + "@" + profile.wireName() + ":" + queue.store();
    }
}
