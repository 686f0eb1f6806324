package waybill.server.caps;

import static waybill.messaging.Topic.DELIVERED;
import static waybill.messaging.Topic.IN_TRANSIT;
import static waybill.messaging.Topic.PICKUP;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.hub.refusal.Refusal;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.server.dialect.caps.CapsMessage;

/// The queues of a `/caps` client that does not name one: a store's `in-transit` and `delivered`, a driver's
/// `pickup` of all stores. A client is a store or a driver by its token, by the role that it claims, or else by its
/// actions on this connection.
final class QueueSelection {

    private static final List<Topic> OF_STORE = List.of(IN_TRANSIT, DELIVERED);
    private static final List<Topic> OF_DRIVER = List.of(PICKUP);

    /// Names that drivers without a name use: no store has such a name.
    private static final Set<String> DRIVERS = Set.of("driver", "drivers");

    /// Queues on these topics of one store, or of all if none is given.
    record Selection(@Nullable String store, List<Topic> topics) {

        Selection {
            topics = List.copyOf(topics);
        }
    }

    private QueueSelection() {}

    /// Empty when the queues are not clear.
    static Optional<Selection> of(CapsClientSession client, CapsMessage.GetAll request) {
        var topics = request.topic() == null
                ? topics(client, request.store(), request.store() != null && !isDriver(client, request.store()))
                : Optional.of(List.of(request.topic()));
        return topics.flatMap(of -> select(client, request.store(), of));
    }

    /// Empty when it is not clear which. A client that may be either counts as a driver, whose `received` hides
    /// nothing from others.
    static Optional<Selection> of(CapsClientSession client, CapsMessage.Received request) {
        var topics = request.topic() == null
                ? topics(client, request.store(), false)
                : Optional.of(List.of(request.topic()));
        return topics.flatMap(of -> select(client, request.store(), of));
    }

    /// The error for a client whose queues are not clear.
    static Refusal ambiguous(boolean isEventMissing, boolean isStoreMissing) {
        return isEventMissing && !isStoreMissing
                ? Refusal.invalid("event", "event: missing (expected: pickup, in-transit or delivered)")
                : Refusal.invalid("clientId", "clientId: missing (expected: the store of the queue)");
    }

    private static Optional<List<Topic>> topics(
            CapsClientSession client, @Nullable String store, boolean isStoreIfUnknown) {
        if (client.principal.isPresent()) {
            return switch (client.principal.get().role()) {
                case MERCHANT -> Optional.of(OF_STORE);
                case DRIVER -> Optional.of(OF_DRIVER);
                case CUSTOMER, ADMIN, SUPPORT, SERVICE -> Optional.empty();
            };
        }
        if (client.claim.isVendor() || (store == null ? actsForStore(client) : client.actsFor(store))) {
            return Optional.of(OF_STORE);
        }
        return Optional.of(isStoreIfUnknown && !isProbablyDriver(client) ? OF_STORE : OF_DRIVER);
    }

    private static boolean actsForStore(CapsClientSession client) {
        return !client.stores.isEmpty() || !client.placedFor.isEmpty();
    }

    private static boolean isProbablyDriver(CapsClientSession client) {
        return client.actsAsDriver || client.requestedPickups || client.actor.kind() == Actor.Kind.DRIVER;
    }

    /// Whether a name is that of the driver itself, and not of a store.
    static boolean isDriver(CapsClientSession client, String name) {
        return DRIVERS.contains(name.toLowerCase(Locale.ROOT))
                || (client.actor.kind() == Actor.Kind.DRIVER
                        && !client.claim.isVendor()
                        && client.actor.id().equals(name));
    }

    private static Optional<Selection> select(CapsClientSession client, @Nullable String store, List<Topic> topics) {
        if (store != null || topics.equals(OF_DRIVER)) {
            return Optional.of(new Selection(store, topics));
        }
        return ownStore(client).map(own -> new Selection(own, topics));
    }

    private static Optional<String> ownStore(CapsClientSession client) {
        if (client.principal.isPresent()) {
            return client.principal
                    .filter(principal -> principal.role() == Role.MERCHANT)
                    .flatMap(principal -> principal.store());
        }
        if (client.claim.storeOrNone() != null) {
            return Optional.of(client.claim.storeOrNone());
        }
        var stores = client.stores.isEmpty() ? client.placedFor : client.stores;
        return stores.size() == 1 ? Optional.of(stores.iterator().next()) : Optional.empty();
    }
}
