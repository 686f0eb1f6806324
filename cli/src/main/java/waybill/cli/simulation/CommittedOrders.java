package waybill.cli.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.json.JSONObject;

/// The orders of a simulation as the hub has committed them, read by an administrator past the network that fails.
final class CommittedOrders {

    private static final String PAGE = "limit=1000";

    /// An event that changed the status of an order.
    ///
    /// @param driver that the order had then
    record Change(long eventId, String status, Optional<String> driver) {}

    /// @param drivers that it was assigned to, one after the other
    record CommittedOrder(
            String id, String externalId, String customer, String store, List<Change> changes, List<String> drivers) {}

    private final Map<String, CommittedOrder> orders = new LinkedHashMap<>();

    static CommittedOrders read(HubRest rest, SimulatedUser admin, List<SimulatedUser> stores)
            throws InterruptedException {
        var committed = new CommittedOrders();
        for (var store : stores) {
            for (var order : pages(rest, admin, "/orders?store=" + store.id() + "&" + PAGE, "orders")) {
                var id = order.getString("orderId");
                committed.orders.put(
                        id, order(order, pages(rest, admin, "/orders/" + id + "/events?" + PAGE, "events")));
            }
        }
        return committed;
    }

    private static List<JSONObject> pages(HubRest rest, SimulatedUser admin, String path, String list)
            throws InterruptedException {
        var all = new ArrayList<JSONObject>();
        for (var next = path; !next.isEmpty(); ) {
            var reply = rest.get(admin, next);
            if (!reply.isOk()) {
                throw new IllegalStateException("GET " + next + ": " + reply + " (expected: success)");
            }
            reply.body().getJSONArray(list).forEach(one -> all.add((JSONObject) one));
            next = reply.body().has("next") ? path + "&cursor=" + reply.body().getString("next") : "";
        }
        return all;
    }

    private static CommittedOrder order(JSONObject order, List<JSONObject> events) {
        var changes = new ArrayList<Change>();
        var drivers = new ArrayList<String>();
        for (var event : events) {
            if (event.getString("event").equals("assigned")) {
                drivers.add(event.getString("driverId"));
            }
            if (!event.getString("status").equals(event.optString("previousStatus"))) {
                changes.add(new Change(
                        event.getLong("eventId"),
                        event.getString("status"),
                        drivers.isEmpty() ? Optional.empty() : Optional.of(drivers.getLast())));
            }
        }
        return new CommittedOrder(
                order.getString("orderId"),
                order.getString("externalId"),
                order.optString("customerId"),
                order.getString("storeId"),
                changes,
                drivers);
    }

    Iterable<CommittedOrder> all() {
        return orders.values();
    }

    int size() {
        return orders.size();
    }

    Optional<CommittedOrder> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }
}
