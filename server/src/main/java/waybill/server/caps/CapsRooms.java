package waybill.server.caps;

import waybill.messaging.Queue;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.dialect.caps.Profile;

/// The names of the rooms on `/caps`. Each is per profile, so that what is said is encoded once for all who are in it.
final class CapsRooms {

    /// Sockets that large messages are not broadcast to, because as much as may waits for them.
    static final String BEHIND = "behind";

    private CapsRooms() {}

    /// Everybody who hears of parcels to pick up.
    static String pickups(Profile profile) {
        return "pickups@" + profile.word();
    }

    /// The sockets of one driver; of one that gives no id, its socket.
    static String driver(Actor driver, Profile profile) {
        return "driver@" + profile.word() + ":" + driver.kind() + ":" + driver.id();
    }

    static String store(String store, Profile profile) {
        return "store@" + profile.word() + ":" + store;
    }

    static String queue(Queue queue, Profile profile) {
        return CapsDialect.eventName(queue.topic()) + "@" + profile.word() + ":" + queue.store();
    }
}
