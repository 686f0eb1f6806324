package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.json.JSONArray;
import org.json.JSONObject;

/// What people do to orders, over REST and in every dialect.
final class OrderSteps {

    /// Something that happens to an errand.
    @FunctionalInterface
    interface Step {
        void on(TestOrder errand) throws IOException, InterruptedException;
    }

    /// Places an order of that name, and tells the hub's own id of it.
    @FunctionalInterface
    interface Placement {
        String of(UserGroup group, String name) throws IOException, InterruptedException;
    }

    private final TestHub stage;
    private final TestUser root;

    /// @param root who may do what the hub's own people do
    OrderSteps(TestHub stage, TestUser root) {
        this.stage = stage;
        this.root = root;
    }

    String placedOverRest(UserGroup group, String name) throws IOException, InterruptedException {
        return stage.rest()
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
        var orders = stage.rest()
                .get(group.merchant(), "/api/v1/orders?limit=1")
                .done()
                .getJSONArray("orders");
        assertThat(orders.getJSONObject(0).getString("externalId")).isEqualTo(name);
        return orders.getJSONObject(0).getString("orderId");
    }

    Step paid() {
        var payment =
                new JSONObject().put("amount", 2500).put("currency", "EUR").put("paymentMethod", "card");
        return errand ->
                stage.rest().post(root, path(errand) + "/payment", payment).done();
    }

    Step assigned() {
        return errand -> {
            var to = new JSONObject().put("driverId", errand.group().driver().id());
            stage.rest().post(root, path(errand) + "/assign", to).done();
        };
    }

    Step cancelled(String reason) {
        return errand -> stage.rest()
                .post(errand.group().customer(), path(errand) + "/cancel", new JSONObject().put("reason", reason))
                .done();
    }

    Step status(String status, Function<UserGroup, TestUser> who) {
        return status(new JSONObject().put("status", status), who);
    }

    Step status(String status, String reason, Function<UserGroup, TestUser> who) {
        return status(new JSONObject().put("status", status).put("reason", reason), who);
    }

    private Step status(JSONObject body, Function<UserGroup, TestUser> who) {
        return errand -> stage.rest()
                .patch(who.apply(errand.group()), path(errand) + "/status", body)
                .done();
    }

    /// Said over a socket, and done.
    Step emitted(
            Function<UserGroup, TestUser> who, String dialect, String event, Function<TestOrder, JSONObject> body) {
        return errand -> emit(who.apply(errand.group()), dialect, event, body.apply(errand));
    }

    /// @param dialect one of those on `/`, or a profile of `/caps`
    void emit(TestUser party, String dialect, String event, JSONObject body) throws InterruptedException {
        var place = dialect.startsWith("phase") ? " on /caps (" + dialect + ")" : " on / (" + dialect + ")";
        stage.emitAccepted(stage.socket(party.id() + place), event, body);
    }

    static String path(TestOrder errand) {
        return "/api/v1/orders/" + errand.id();
    }

    static JSONObject byId(TestOrder errand) {
        return new JSONObject().put("order_id", errand.id());
    }

    static JSONObject parcel(TestOrder errand) {
        return new JSONObject()
                .put("clientId", errand.group().store())
                .put("messageId", errand.name())
                .put("order", new JSONObject().put("orderId", errand.name()).put("list", new JSONArray()));
    }

    static JSONObject code(TestOrder errand) {
        return new JSONObject().put("store", errand.group().store()).put("code", errand.name());
    }
}
