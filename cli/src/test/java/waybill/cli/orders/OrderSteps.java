package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.json.JSONArray;
import org.json.JSONObject;

/// Actions on orders, over REST and in every dialect.
final class OrderSteps {

    /// An action on an order.
    @FunctionalInterface
    interface Step {
        void on(TestOrder order) throws IOException, InterruptedException;
    }

    /// Places an order with that external id and returns the hub's id.
    @FunctionalInterface
    interface Placement {
        String of(UserGroup group, String name) throws IOException, InterruptedException;
    }

    private final TestHub hub;
    private final TestUser root;

    /// @param root an admin
    OrderSteps(TestHub hub, TestUser root) {
        this.hub = hub;
        this.root = root;
    }

    String placedOverRest(UserGroup group, String name) throws IOException, InterruptedException {
        return hub.rest()
                .post(group.customer(), "/api/v1/orders", RestClient.order(group.store(), name))
                .done()
                .getString("orderId");
    }

    String placedOnCaps(UserGroup group, String name) throws IOException, InterruptedException {
        var parcel = new JSONObject()
                .put("store", group.store())
                .put("orderId", name)
                .put("customer", "Jamal Braun")
                .put("address", "Parkvägen 9");
        emit(group.merchant(), "phase3", "pickup", parcel);
        var orders = hub.rest()
                .get(group.merchant(), "/api/v1/orders?limit=1")
                .done()
                .getJSONArray("orders");
        assertThat(orders.getJSONObject(0).getString("externalId")).isEqualTo(name);
        return orders.getJSONObject(0).getString("orderId");
    }

    Step paid() {
        var payment =
                new JSONObject().put("amount", 2500).put("currency", "EUR").put("paymentMethod", "card");
        return order -> hub.rest().post(root, path(order) + "/payment", payment).done();
    }

    Step assigned() {
        return order -> {
            var to = new JSONObject().put("driverId", order.group().driver().id());
            hub.rest().post(root, path(order) + "/assign", to).done();
        };
    }

    Step cancelled(String reason) {
        return order -> hub.rest()
                .post(order.group().customer(), path(order) + "/cancel", new JSONObject().put("reason", reason))
                .done();
    }

    Step status(String status, Function<UserGroup, TestUser> party) {
        return status(new JSONObject().put("status", status), party);
    }

    Step status(String status, String reason, Function<UserGroup, TestUser> party) {
        return status(new JSONObject().put("status", status).put("reason", reason), party);
    }

    private Step status(JSONObject body, Function<UserGroup, TestUser> party) {
        return order -> hub.rest()
                .patch(party.apply(order.group()), path(order) + "/status", body)
                .done();
    }

    /// Emits an event that must succeed.
    Step emitted(
            Function<UserGroup, TestUser> party, String dialect, String event, Function<TestOrder, JSONObject> body) {
        return order -> emit(party.apply(order.group()), dialect, event, body.apply(order));
    }

    /// @param dialect one of those on `/`, or a profile of `/caps`
    void emit(TestUser party, String dialect, String event, JSONObject body) throws InterruptedException {
        var place = dialect.startsWith("phase") ? " on /caps (" + dialect + ")" : " on / (" + dialect + ")";
        hub.emitAccepted(hub.socket(party.id() + place), event, body);
    }

    static String path(TestOrder order) {
        return "/api/v1/orders/" + order.id();
    }

    static JSONObject byId(TestOrder order) {
        return new JSONObject().put("order_id", order.id());
    }

    static JSONObject parcel(TestOrder order) {
        return new JSONObject()
                .put("clientId", order.group().store())
                .put("messageId", order.name())
                .put("order", new JSONObject().put("orderId", order.name()).put("list", new JSONArray()));
    }

    static JSONObject code(TestOrder order) {
        return new JSONObject().put("store", order.group().store()).put("code", order.name());
    }
}
