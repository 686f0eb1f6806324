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

/// The events that an authenticated client may emit on `/caps`: a merchant acts for its own store, a driver claims
/// and delivers parcels, and an administrator may do everything. Looks up in [AccessTable] the action of each
/// event.
final class CapsAuthorization {

    private CapsAuthorization() {}

    /// Whether the client receives the pickups of all stores.
    static boolean receivesPickups(Principal principal) {
        return principal.role() == Role.DRIVER || AccessTable.allows(principal.role(), Action.VIEW_QUEUES, NONE);
    }

    /// The reason why the client may not emit the event; empty if it may.
    static Optional<String> denialReason(Principal principal, CapsMessage message) {
        return switch (message) {
            case CapsMessage.Join(var store) -> denyUnless(mayView(principal, store), principal, "join", store);
            case CapsMessage.Subscribe(var store, var topic) ->
                denyUnless(
                        topic.isForDrivers() ? receivesPickups(principal) : mayView(principal, store),
                        principal,
                        "subscribe",
                        store);
            case CapsMessage.Pickup pickup ->
                denyUnless(mayPlace(principal, pickup.store()), principal, "pickup", pickup.store());
            case CapsMessage.InTransit request ->
                denyUnless(mayCollect(principal), principal, "in-transit", request.store());
            case CapsMessage.Delivered request ->
                denyUnless(mayDeliver(principal), principal, "delivered", request.store());
            case CapsMessage.Scan request -> denyUnless(mayDeliver(principal), principal, "scan", request.store());
            case CapsMessage.Unsubscribe _, CapsMessage.Malformed _, CapsMessage.GetAll _, CapsMessage.Received _ ->
                Optional.empty(); // checked when the queues are known
        };
    }

    /// The same for `getAll`.
    static Optional<String> denialReasonToRead(Principal principal, QueueSelection.Selection queues) {
        return denyUnless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(principal, topic))
                        || mayView(principal, queues.store()),
                principal,
                "getAll",
                queues.store());
    }

    /// The same for `received`.
    static Optional<String> denialReasonToConfirm(Principal principal, QueueSelection.Selection queues) {
        return denyUnless(
                queues.topics().stream().allMatch(topic -> isDriversQueue(principal, topic))
                        || mayPlace(principal, queues.store()),
                principal,
                "received",
                queues.store());
    }

    private static boolean isDriversQueue(Principal principal, Topic topic) {
        return principal.role() == Role.DRIVER && topic.isForDrivers();
    }

    private static boolean mayView(Principal principal, @Nullable String store) {
        return AccessTable.allows(principal.role(), Action.VIEW_QUEUES, relation(principal, store));
    }

    private static boolean mayPlace(Principal principal, @Nullable String store) {
        return AccessTable.allows(principal.role(), Action.PLACE_ORDER, relation(principal, store));
    }

    private static boolean mayCollect(Principal principal) {
        return AccessTable.allows(principal.role(), Action.CLAIM, NONE)
                || AccessTable.allows(principal.role(), Action.PICK_UP, NONE);
    }

    /// The driver of a parcel is checked where the parcel is loaded.
    private static boolean mayDeliver(Principal principal) {
        return AccessTable.allows(principal.role(), Action.DELIVER, principal.role() == Role.DRIVER ? DRIVER : NONE);
    }

    private static Relation relation(Principal principal, @Nullable String store) {
        return store != null && store.equals(principal.storeOrNone()) ? STORE : NONE;
    }

    private static Optional<String> denyUnless(boolean may, Principal principal, String event, @Nullable String store) {
        return may
                ? Optional.empty()
                : Optional.of(event + ": " + (store == null ? "of all stores" : "for " + store) + " by a "
                        + principal.role().wireName()
                        + principal.store().map(own -> " of " + own).orElse("")
                        + " (expected: a role that the access table allows)");
    }
}
