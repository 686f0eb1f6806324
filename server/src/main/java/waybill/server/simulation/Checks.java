package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import waybill.access.Role;
import waybill.journal.LogEntry;
import waybill.order.HubEvent;
import waybill.order.Order;
import waybill.order.OrderEvent;

/// What every message that a client receives must satisfy.
final class Checks {

    private final CommittedLog log;
    private final Map<String, String> orderByKey = new HashMap<>(); // of acknowledged placements
    private final Map<String, String> winnerByOrder = new HashMap<>(); // of acknowledged claims
    private final Map<String, Long> arrivals = new HashMap<>(); // by client, order, stop, driver and kind
    private final Set<SimulatedUser> usersWithGap = new HashSet<>();
    private long acknowledged;
    private long received;

    Checks(CommittedLog log) {
        this.log = log;
    }

    long acknowledged() {
        return acknowledged;
    }

    /// The newest event that is committed.
    long lastSequence() {
        return log.size();
    }

    long received() {
        return received;
    }

    /// Whether the user's client was ever told that it has missed events.
    boolean hasGap(SimulatedUser user) {
        return usersWithGap.contains(user);
    }

    void onRejected(SimulatedUser user, JsonNode error) {
        var code = error.path("data").path("code").asText();
        if (!code.equals("unavailable") && !code.equals("rate_limited")) {
            throw new InvariantViolation(user + " was rejected: " + error);
        }
    }

    /// A status arrived: those of one connection come in the order of the log.
    void onStatus(SimulatedUser user, JsonNode data, long eventId, long newestBefore) {
        if (eventId < newestBefore) {
            throw new InvariantViolation(user + " received event " + eventId + " after event " + newestBefore
                    + " on one connection (expected: the order of the log): " + data);
        }
        var entry = entry(user, "event " + data, eventId);
        var state = entry.order().map(order -> order.state().wireName()).orElse("");
        var told = data.path("status").asText();
        if (!state.equals(told)) {
            throw new InvariantViolation(
                    user + " received the status " + told + " of event " + eventId + " (expected: " + state + ")");
        }
    }

    void onReceived(SimulatedUser user, SocketClient.Received message) {
        received++;
        if (message.event().equals("sync:gap")) {
            usersWithGap.add(user);
        }
        var data = message.data();
        var eventId = user.protocol().eventId(data);
        if (eventId > 0) {
            entry(user, message.event(), eventId);
        }
        if (user.protocol() == Protocol.CAPS) {
            requireParcelParty(user, message, eventId);
            return;
        }
        if (data.has("stop")) {
            requireOneArrival(user, message.event(), data, eventId);
        }
        var id = user.protocol().orderId(data);
        if (!id.isEmpty() && !isForEveryDriver(user, message.event())) {
            requireParty(user, message.event(), id);
        }
    }

    /// An event of the backend arrived: those of one connection come once, in the order of the log.
    void onEmitted(SimulatedUser user, SocketClient.Received message, long eventId, long newestBefore) {
        if (eventId <= newestBefore) {
            throw new InvariantViolation(user + " received event " + eventId + " after event " + newestBefore
                    + " on one connection (expected: once, and in the order of the log): " + message.data());
        }
        var isExpected = entry(user, message.event(), eventId).event() instanceof HubEvent.BackendEmitted emitted
                && BackendWorkload.isFor(user, emitted)
                && emitted.data().equals("{\"number\":" + message.data().path("number") + "}");
        if (!isExpected) {
            throw new InvariantViolation(user + " received " + message.event() + " " + message.data()
                    + " (expected: what the backend emitted to it)");
        }
    }

    /// Of an arrival a client receives one event, however often; a customer none of the driver at the store.
    private void requireOneArrival(SimulatedUser user, String event, JsonNode data, long eventId) {
        var entry = entry(user, event, eventId);
        var stop = data.path("stop").asText();
        var driver = entry.order().flatMap(Order::driver).map(Object::toString).orElse("");
        var key = String.join(" ", user.toString(), event, user.protocol().orderId(data), stop, driver);
        var before = arrivals.putIfAbsent(key, eventId);
        if (before != null && before != eventId) {
            throw new InvariantViolation(
                    user + " received " + event + " twice, as events " + before + " and " + eventId + ": " + data);
        }
        if (user.role() == Role.CUSTOMER && !stop.equals("dropoff")) {
            throw new InvariantViolation(user + " received " + event + " of the driver at the store: " + data);
        }
    }

    /// The committed event that a client was told of.
    private LogEntry entry(SimulatedUser user, String what, long eventId) {
        return log.find(eventId)
                .orElseThrow(() -> new InvariantViolation(user + " was told of event " + eventId
                        + ", which is not committed (last: " + log.size() + "): " + what));
    }

    private static boolean isForEveryDriver(SimulatedUser user, String event) {
        return user.role() == Role.DRIVER && (event.equals("order:new") || event.startsWith("delivery:"));
    }

    private void requireParty(SimulatedUser user, String event, String orderId) {
        var history = log.order(orderId)
                .orElseThrow(() -> new InvariantViolation(
                        user + " received " + event + " of order " + orderId + ", which is not committed"));
        var order = history.getLast().order().orElseThrow();
        var isParty = switch (user.role()) {
            case CUSTOMER ->
                order.details().customer().filter(user.id()::equals).isPresent();
            case MERCHANT -> user.store().filter(order.store()::equals).isPresent();
            case DRIVER ->
                history.stream().anyMatch(entry -> isDriver(user, entry.order().orElseThrow()));
            case ADMIN, SUPPORT -> true;
            case SERVICE -> false;
        };
        if (!isParty) {
            throw new InvariantViolation(user + " received " + event + " of order " + orderId
                    + " (expected: only its customer, store, driver and administrators): " + order);
        }
    }

    private static boolean isDriver(SimulatedUser user, Order order) {
        return order.driver().filter(driver -> driver.id().equals(user.id())).isPresent();
    }

    private void requireParcelParty(SimulatedUser user, SocketClient.Received message, long eventId) {
        var isOfStore = message.event().equals("in-transit") || message.event().equals("delivered");
        if (!isOfStore || eventId == 0) {
            return;
        }
        var order = entry(user, message.event(), eventId).order().orElseThrow();
        if (user.store().filter(order.store()::equals).isEmpty() && !isDriver(user, order)) {
            throw new InvariantViolation(user + " received " + message.event() + " of a parcel of " + order.store()
                    + " that is not its own");
        }
    }

    /// A placement was acknowledged: it is committed, and it is the only one under its key.
    void onPlaced(SimulatedUser user, String key, String orderId) {
        acknowledged++;
        var history = log.order(orderId)
                .orElseThrow(() -> new InvariantViolation(
                        user + " was acknowledged order " + orderId + " of " + key + ", which is not committed"));
        if (!(history.getFirst().event() instanceof OrderEvent.Placed)) {
            throw new InvariantViolation("order " + orderId + " does not begin with its placement");
        }
        var before = orderByKey.putIfAbsent(user.id() + " " + key, orderId);
        if (before != null && !before.equals(orderId)) {
            throw new InvariantViolation(
                    user + " placed " + key + " once, and was acknowledged " + before + " and " + orderId);
        }
    }

    /// A driver was acknowledged an order: it is the order's only driver.
    void onClaimed(SimulatedUser user, String orderId) {
        acknowledged++;
        var history = log.order(orderId)
                .orElseThrow(() -> new InvariantViolation(
                        user + " was acknowledged the claim of order " + orderId + ", which is not committed"));
        if (!isDriver(user, history.getLast().order().orElseThrow())) {
            throw new InvariantViolation(user + " was acknowledged the claim of order " + orderId
                    + ", whose committed driver is "
                    + history.getLast()
                            .order()
                            .orElseThrow()
                            .driver()
                            .map(Object::toString)
                            .orElse("none"));
        }
        var before = winnerByOrder.putIfAbsent(orderId, user.id());
        if (before != null && !before.equals(user.id())) {
            throw new InvariantViolation(
                    "order " + orderId + " has two winners: " + before + " and " + user.id() + " were acknowledged it");
        }
    }

    /// A driver was acknowledged an offer: it is the order's only driver. One of `/marketplace` gets its orders by
    /// offers alone, so it had been asked, and was in time.
    void onOfferAccepted(SimulatedUser user, String orderId) {
        onClaimed(user, orderId);
        if (user.protocol() == Protocol.MARKETPLACE) {
            log.requireOfferAccepted(user.id(), orderId);
        }
    }

    /// A change was acknowledged with the event that it led to.
    void onAcknowledged(SimulatedUser user, String what, long eventId) {
        acknowledged++;
        entry(user, "ack of " + what, eventId);
    }

    /// A status was acknowledged: the order has reached it.
    void onStatusAcknowledged(SimulatedUser user, String orderId, String status) {
        acknowledged++;
        var reached = log.order(orderId).orElse(List.of()).stream()
                .anyMatch(
                        entry -> entry.order().orElseThrow().state().wireName().equals(status));
        if (!reached) {
            throw new InvariantViolation(user + " was acknowledged the status " + status + " of order " + orderId
                    + ", which is not committed");
        }
    }
}
