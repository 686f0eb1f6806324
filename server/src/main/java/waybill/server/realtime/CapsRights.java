package waybill.server.realtime;

import static waybill.access.Relation.DRIVER;
import static waybill.access.Relation.NONE;
import static waybill.access.Relation.STORE;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Access;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.mailbox.Topic;
import waybill.server.dialect.CapsHeard;

/// What somebody who is known may say on `/caps`: a merchant speaks for its own store, a driver takes and brings
/// parcels, and an admin does anything. Asks [Access] what each event amounts to.
final class CapsRights {

    private CapsRights() {}

    /// Whether pickups of all stores concern them.
    static boolean hearsPickups(Principal who) {
        return who.role() == Role.DRIVER || Access.allows(who.role(), Action.VIEW_QUEUES, NONE);
    }

    /// Why they may not say it, if they may not.
    static Optional<String> objection(Principal who, CapsHeard heard) {
        return switch (heard) {
            case CapsHeard.Join(var store) -> unless(mayView(who, store), who, "join", store);
            case CapsHeard.Subscribe(var store, var topic) ->
                unless(topic.isForDrivers() ? hearsPickups(who) : mayView(who, store), who, "subscribe", store);
            case CapsHeard.Pickup pickup -> unless(mayPlace(who, pickup.store()), who, "pickup", pickup.store());
            case CapsHeard.InTransit said -> unless(mayTake(who), who, "in-transit", said.store());
            case CapsHeard.Delivered said -> unless(mayBring(who), who, "delivered", said.store());
            case CapsHeard.Scan said -> unless(mayBring(who), who, "scan", said.store());
            case CapsHeard.Unsubscribe _, CapsHeard.Malformed _, CapsHeard.GetAll _, CapsHeard.Received _ ->
                Optional.empty(); // asked when it is known which queues
        };
    }

    /// The same of a `getAll`.
    static Optional<String> objectionToRead(Principal who, OwnQueues.Chosen queues) {
        return unless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(who, topic)) || mayView(who, queues.store()),
                who,
                "getAll",
                queues.store());
    }

    /// The same of a `received`.
    static Optional<String> objectionToReceive(Principal who, OwnQueues.Chosen queues) {
        return unless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(who, topic)) || mayPlace(who, queues.store()),
                who,
                "received",
                queues.store());
    }

    private static boolean isDriversQueue(Principal who, Topic topic) {
        return who.role() == Role.DRIVER && topic.isForDrivers();
    }

    private static boolean mayView(Principal who, @Nullable String store) {
        return Access.allows(who.role(), Action.VIEW_QUEUES, relation(who, store));
    }

    private static boolean mayPlace(Principal who, @Nullable String store) {
        return Access.allows(who.role(), Action.PLACE_ORDER, relation(who, store));
    }

    private static boolean mayTake(Principal who) {
        return Access.allows(who.role(), Action.CLAIM, NONE) || Access.allows(who.role(), Action.PICK_UP, NONE);
    }

    /// Whether a parcel is the driver's own is decided where its driver is known.
    private static boolean mayBring(Principal who) {
        return Access.allows(who.role(), Action.DELIVER, who.role() == Role.DRIVER ? DRIVER : NONE);
    }

    private static Relation relation(Principal who, @Nullable String store) {
        return store != null && store.equals(who.storeOrNone()) ? STORE : NONE;
    }

    private static Optional<String> unless(boolean may, Principal who, String event, @Nullable String store) {
        return may
                ? Optional.empty()
                : Optional.of(event + ": " + (store == null ? "of all stores" : "for " + store) + " by a "
                        + who.role().word()
                        + who.store().map(own -> " of " + own).orElse("")
                        + " (expected: somebody who may)");
    }
}
