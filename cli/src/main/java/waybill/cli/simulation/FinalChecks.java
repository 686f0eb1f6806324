package waybill.cli.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import waybill.access.Role;
import waybill.cli.simulation.CommittedOrders.Change;
import waybill.cli.simulation.CommittedOrders.CommittedOrder;

/// What must hold when a simulation has come to rest, of the acks and events of its clients and what the hub has
/// committed.
final class FinalChecks {

    private static final List<String> WAY = List.of(
            "pending",
            "payment_confirmed",
            "accepted",
            "preparing",
            "ready_for_pickup",
            "assigned_to_driver",
            "picked_up",
            "in_transit",
            "delivered");
    private static final List<String> ENDS = List.of("cancelled", "declined", "expired", "delivered", "returned");

    private final Observations observations;
    private final CommittedOrders committed;
    private final List<RecordedSocket> sockets;

    FinalChecks(Observations observations, CommittedOrders committed, List<RecordedSocket> sockets) {
        this.observations = observations;
        this.committed = committed;
        this.sockets = sockets;
    }

    /// Whether each client has received what it must.
    boolean isAllReceived() {
        return sockets.stream().allMatch(socket -> firstMissing(socket).isEmpty());
    }

    void verify() {
        verifyPlaced();
        committed.all().forEach(this::verify);
        for (var socket : sockets) {
            firstMissing(socket)
                    .ifPresent(missing -> observations.violation(socket.user() + " has not received " + missing));
            verifyNothingInvented(socket);
        }
    }

    private void verifyPlaced() {
        var byExternalId = new HashMap<String, String>();
        for (var order : committed.all()) {
            var before = byExternalId.put(order.externalId(), order.id());
            if (before != null) {
                observations.violation(
                        "order " + order.externalId() + " is committed twice, as " + before + " and " + order.id());
            }
        }
        observations.placed().forEach((externalId, id) -> {
            if (!id.equals(byExternalId.get(externalId))) {
                observations.violation("order " + externalId + " was acknowledged as " + id + ", and is committed as "
                        + byExternalId.get(externalId));
            }
        });
    }

    private void verify(CommittedOrder order) {
        var statuses = order.changes().stream().map(Change::status).toList();
        for (var acknowledged : observations.statuses(order.id())) {
            if (!statuses.contains(acknowledged)) {
                observations.violation("order " + order.id() + " was acknowledged " + acknowledged
                        + ", and its committed statuses are " + statuses);
            }
        }
        if (new HashSet<>(statuses).size() != statuses.size() || !isForward(statuses)) {
            observations.violation("order " + order.id() + " went back: " + statuses);
        }
        if (order.drivers().size() > 1) {
            observations.violation("order " + order.id() + " has more than one winner: " + order.drivers());
        }
        observations
                .winner(order.id())
                .filter(one -> !order.drivers().contains(one))
                .ifPresent(one -> {
                    observations.violation("order " + order.id() + " was acknowledged to " + one
                            + ", and is committed for " + order.drivers());
                });
    }

    private static boolean isForward(List<String> statuses) {
        for (var i = 1; i < statuses.size(); i++) {
            var before = statuses.get(i - 1);
            var isOnWay = WAY.indexOf(statuses.get(i)) > WAY.indexOf(before) && WAY.contains(before);
            if (ENDS.contains(before) || (!isOnWay && !ENDS.contains(statuses.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /// The first event that the socket must have received and has not. A client that was told of a gap reads its
    /// orders again instead.
    private Optional<String> firstMissing(RecordedSocket socket) {
        if (socket.hasGap()) {
            return Optional.empty();
        }
        for (var notice : observations.notices()) {
            if (notice.role().orElse(socket.user().role()) == socket.user().role()
                    && !socket.hasReceived(notice.eventId())) {
                return Optional.of("event " + notice.eventId() + ", an event of the backend to "
                        + notice.role().map(Role::wireName).orElse("all"));
            }
        }
        for (var order : committed.all()) {
            for (var change : order.changes()) {
                if (isFor(socket.user(), order, change) && !socket.hasReceived(change.eventId())) {
                    return Optional.of(
                            "event " + change.eventId() + ", " + change.status() + " of order " + order.id());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isFor(SimulatedUser user, CommittedOrder order, Change change) {
        return switch (user.role()) {
            case CUSTOMER -> order.customer().equals(user.id());
            case MERCHANT -> order.store().equals(user.id());
            case DRIVER -> change.driver().filter(user.id()::equals).isPresent();
            case ADMIN -> true;
            case SUPPORT, SERVICE -> false;
        };
    }

    /// Each status that a client was told of is committed, and of an order in which its user has a part.
    private void verifyNothingInvented(RecordedSocket socket) {
        var user = socket.user();
        socket.statuses().forEach((eventId, told) -> {
            var order = committed.find(told.substring(0, told.indexOf(' ')));
            if (order.isEmpty()) {
                if (user.role() != Role.ADMIN) { // an administrator also receives the orders of others
                    observations.violation(
                            user + " received event " + eventId + ", " + told + ", which is not its own");
                }
                return;
            }
            var isCommitted = order.get().changes().stream()
                    .anyMatch(change -> change.eventId() == eventId && told.endsWith(" " + change.status()));
            if (!isCommitted) {
                observations.violation(user + " received event " + eventId + ", " + told + ", which is not committed");
            }
            if (order.get().changes().stream().noneMatch(change -> isFor(user, order.get(), change))) {
                observations.violation(user + " received event " + eventId + ", " + told + ", which is not its own");
            }
        });
    }
}
