package waybill.server.caps;

import static waybill.access.Relation.DRIVER;
import static waybill.access.Relation.NONE;
import static waybill.access.Relation.STORE;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.access.Role;
import waybill.messaging.Topic;
import waybill.server.dialect.caps.CapsMessage;

/// What somebody who is known may say on `/caps`: a merchant speaks for its own store, a driver takes and brings
/// parcels, and an admin does anything. Asks [AccessTable] what each event amounts to.
final class CapsAuthorization {

    private CapsAuthorization() {}

    /// Whether pickups of all stores concern them.
    static boolean receivesPickups(Principal who) {
        return who.role() == Role.DRIVER || AccessTable.allows(who.role(), Action.VIEW_QUEUES, NONE);
    }

    /// Why they may not say it, if they may not.
    static Optional<String> denialReason(Principal who, CapsMessage message) {
        return switch (message) {
            case CapsMessage.Join(var store) -> denyUnless(mayView(who, store), who, "join", store);
            case CapsMessage.Subscribe(var store, var topic) ->
                denyUnless(topic.isForDrivers() ? receivesPickups(who) : mayView(who, store), who, "subscribe", store);
            case CapsMessage.Pickup pickup -> denyUnless(mayPlace(who, pickup.store()), who, "pickup", pickup.store());
            case CapsMessage.InTransit said -> denyUnless(mayCollect(who), who, "in-transit", said.store());
            case CapsMessage.Delivered said -> denyUnless(mayDeliver(who), who, "delivered", said.store());
            case CapsMessage.Scan said -> denyUnless(mayDeliver(who), who, "scan", said.store());
            case CapsMessage.Unsubscribe _, CapsMessage.Malformed _, CapsMessage.GetAll _, CapsMessage.Received _ ->
                Optional.empty(); // asked when it is known which queues
        };
    }

    /// The same of a `getAll`.
    static Optional<String> denialReasonToRead(Principal who, QueueSelection.Selection queues) {
        return denyUnless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(who, topic)) || mayView(who, queues.store()),
                who,
                "getAll",
                queues.store());
    }

    /// The same of a `received`.
    static Optional<String> denialReasonToConfirm(Principal who, QueueSelection.Selection queues) {
        return denyUnless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(who, topic)) || mayPlace(who, queues.store()),
                who,
                "received",
                queues.store());
    }

    private static boolean isDriversQueue(Principal who, Topic topic) {
        return who.role() == Role.DRIVER && topic.isForDrivers();
    }

    private static boolean mayView(Principal who, @Nullable String store) {
        return AccessTable.allows(who.role(), Action.VIEW_QUEUES, relation(who, store));
    }

    private static boolean mayPlace(Principal who, @Nullable String store) {
        return AccessTable.allows(who.role(), Action.PLACE_ORDER, relation(who, store));
    }

    private static boolean mayCollect(Principal who) {
        return AccessTable.allows(who.role(), Action.CLAIM, NONE)
                || AccessTable.allows(who.role(), Action.PICK_UP, NONE);
    }

    /// Whether a parcel is the driver's own is decided where its driver is known.
    private static boolean mayDeliver(Principal who) {
        return AccessTable.allows(who.role(), Action.DELIVER, who.role() == Role.DRIVER ? DRIVER : NONE);
    }

    private static Relation relation(Principal who, @Nullable String store) {
        return store != null && store.equals(who.storeOrNone()) ? STORE : NONE;
    }

    private static Optional<String> denyUnless(boolean may, Principal who, String event, @Nullable String store) {
        return may
                ? Optional.empty()
                : Optional.of(event + ": " + (store == null ? "of all stores" : "for " + store) + " by a "
                        + who.role().wireName()
                        + who.store().map(own -> " of " + own).orElse("")
                        + " (expected: somebody who may)");
    }
}
