package waybill.cli.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.json.JSONObject;
import waybill.cli.orders.TestSocket;
import waybill.cli.orders.TestUser;

/// Compares everything that the hub has stored with what the clients have observed.
final class ResultVerifier {

    // spotless:off
    private static final Map<String, Set<String>> NEXT = Map.ofEntries(
            Map.entry("",                   Set.of("pending")),
            Map.entry("pending",            Set.of("payment_confirmed", "accepted", "declined", "expired", "cancelled")),
            Map.entry("payment_confirmed",  Set.of("accepted", "declined", "expired", "cancelled")),
            Map.entry("accepted",           Set.of("preparing", "ready_for_pickup", "cancelled")),
            Map.entry("preparing",          Set.of("ready_for_pickup", "cancelled")),
            Map.entry("ready_for_pickup",   Set.of("assigned_to_driver", "cancelled")),
            Map.entry("assigned_to_driver", Set.of("picked_up", "cancelled")),
            Map.entry("picked_up",          Set.of("in_transit", "failed", "cancelled")),
            Map.entry("in_transit",         Set.of("delivered", "failed", "cancelled")),
            Map.entry("failed",             Set.of("returned")),
            Map.entry("delivered",          Set.of()),
            Map.entry("declined",           Set.of()),
            Map.entry("expired",            Set.of()),
            Map.entry("cancelled",          Set.of()),
            Map.entry("returned",           Set.of()));
    // spotless:on

    private final Simulation crowd;
    private final TestUser admin;
    private final Set<ObservedState.StateChange> happened = new HashSet<>();
    private final Map<String, Set<ObservedState.StateChange>> expected = new HashMap<>();

    ResultVerifier(Simulation crowd, TestUser admin) {
        this.crowd = crowd;
        this.admin = admin;
    }

    void verify(int orders, List<TestSocket> sockets) throws IOException, InterruptedException {
        var state = crowd.state();
        assertThat(state.placed()).hasSize(orders).containsOnlyKeys(state.intended());
        var numbers = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var order : orders()) {
            assertThat(numbers.add(order.getString("orderNumber")))
                    .as("%s", order)
                    .isTrue();
            assertThat(ids.add(order.getString("orderId"))).as("%s", order).isTrue();
            assertThat(state.placed()).containsEntry(order.getString("externalId"), order.getString("orderId"));
            verify(order);
        }
        assertThat(ids).hasSize(orders);
        verifyReceived(sockets);
    }

    private List<JSONObject> orders() throws IOException, InterruptedException {
        var orders = new ArrayList<JSONObject>();
        var path = "/api/v1/orders?limit=1000";
        for (var next = path; !next.isEmpty(); ) {
            var page = crowd.rest().get(admin, next).done();
            page.getJSONArray("orders").forEach(order -> orders.add((JSONObject) order));
            next = page.has("next") ? path + "&cursor=" + page.getString("next") : "";
        }
        return orders;
    }

    private void verify(JSONObject order) throws IOException, InterruptedException {
        var id = order.getString("orderId");
        var history = crowd.rest().events(admin, id);
        var statuses = new ArrayList<String>();
        var drivers = new ArrayList<String>();
        var last = 0L;
        for (var event : history) {
            assertThat(event.getLong("eventId")).as("%s", history).isGreaterThan(last);
            last = event.getLong("eventId");
            if (event.getString("event").equals("assigned")) {
                drivers.add(event.getString("driverId"));
            }
            var before = statuses.isEmpty() ? "" : statuses.getLast();
            var status = event.getString("status");
            if (!status.equals(before)) {
                assertThat(NEXT.get(before))
                        .as("after %s in %s", before, history)
                        .contains(status);
                statuses.add(status);
                var move = new ObservedState.StateChange(id, status, last);
                happened.add(move);
                require(order, drivers, move);
            } else if (event.getString("event").equals("assigned")) { // before the order is ready: its status stays
                happened.add(new ObservedState.StateChange(id, status, last));
            }
        }
        assertThat(statuses.getLast()).as("%s", history).isEqualTo(order.getString("status"));
        assertThat(NEXT.get(statuses.getLast())).as("%s", history).isEmpty();
        verifyAcknowledged(order, statuses, drivers);
    }

    private void verifyAcknowledged(JSONObject order, List<String> statuses, List<String> drivers) {
        for (var name : List.of(order.getString("orderId"), order.getString("externalId"))) {
            assertThat(statuses).as("%s", order).containsAll(crowd.state().acknowledged(name));
            assertThat(drivers).as("%s", order).containsAll(crowd.state().winners(name));
        }
        assertThat(drivers).as("%s", order).hasSizeLessThanOrEqualTo(1);
        assertThat(order.optString("driverId")).isEqualTo(String.join("", drivers));
    }

    private void require(JSONObject order, List<String> drivers, ObservedState.StateChange move) {
        var listeners = new ArrayList<>(drivers);
        listeners.add(order.getString("customerId"));
        listeners.add(order.getString("storeId").replace("store-", "keeper-"));
        for (var listener : listeners) {
            expected.computeIfAbsent(listener, _ -> new HashSet<>()).add(move);
        }
    }

    private void verifyReceived(List<TestSocket> sockets) throws InterruptedException {
        var bySocket = new HashMap<String, Set<ObservedState.StateChange>>();
        for (var spec : sockets) {
            if (!spec.isCaps()) {
                bySocket.put(spec.name(), expected.getOrDefault(spec.user().id(), Set.of()));
            }
        }
        crowd.state().awaitReceived(bySocket);
        bySocket.forEach((socket, moves) -> verifyReceived(socket, crowd.state().received(socket), moves));
    }

    /// The socket received every event of its own. A driver that syncs an order assigned meanwhile may receive
    /// earlier events of it, too; any other event would be invented or belong to another party.
    private void verifyReceived(
            String socket, Set<ObservedState.StateChange> received, Set<ObservedState.StateChange> moves) {
        var own = moves.stream().map(ObservedState.StateChange::order).collect(Collectors.toSet());
        assertThat(received).as(socket).containsAll(moves);
        assertThat(received).as(socket).allMatch(move -> own.contains(move.order()) && happened.contains(move));
    }
}
