package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.function.Function;
import org.json.JSONArray;
import org.json.JSONObject;

/// What people do to orders, over REST and in every dialect.
final class Deeds {

    /// Something that happens to an errand.
    @FunctionalInterface
    interface Deed {
        void on(Errand errand) throws IOException, InterruptedException;
    }

    /// Places an order of that name, and tells the hub's own id of it.
    @FunctionalInterface
    interface Birth {
        String of(World world, String name) throws IOException, InterruptedException;
    }

    private final Stage stage;
    private final Party root;

    /// @param root who may do what the hub's own people do
    Deeds(Stage stage, Party root) {
        this.stage = stage;
        this.root = root;
    }

    String placedOverRest(World world, String name) throws IOException, InterruptedException {
        return stage.rest()
                .post(world.customer(), "/api/v1/orders", Rest.order(world.store(), name))
                .done()
                .getString("orderId");
    }

    String placedOnCaps(World world, String name) throws IOException, InterruptedException {
        var parcel = new JSONObject()
                .put("store", world.store())
                .put("orderId", name)
                .put("customer", "Jamal Braun")
                .put("address", "Parkvägen 9");
        say(world.merchant(), "phase3", "pickup", parcel);
        var orders = stage.rest()
                .get(world.merchant(), "/api/v1/orders?limit=1")
                .done()
                .getJSONArray("orders");
        assertThat(orders.getJSONObject(0).getString("externalId")).isEqualTo(name);
        return orders.getJSONObject(0).getString("orderId");
    }

    Deed paid() {
        var payment =
                new JSONObject().put("amount", 2500).put("currency", "EUR").put("paymentMethod", "card");
        return errand ->
                stage.rest().post(root, path(errand) + "/payment", payment).done();
    }

    Deed assigned() {
        return errand -> {
            var to = new JSONObject().put("driverId", errand.world().driver().id());
            stage.rest().post(root, path(errand) + "/assign", to).done();
        };
    }

    Deed cancelled(String reason) {
        return errand -> stage.rest()
                .post(errand.world().customer(), path(errand) + "/cancel", new JSONObject().put("reason", reason))
                .done();
    }

    Deed status(String status, Function<World, Party> who) {
        return status(new JSONObject().put("status", status), who);
    }

    Deed status(String status, String reason, Function<World, Party> who) {
        return status(new JSONObject().put("status", status).put("reason", reason), who);
    }

    private Deed status(JSONObject body, Function<World, Party> who) {
        return errand -> stage.rest()
                .patch(who.apply(errand.world()), path(errand) + "/status", body)
                .done();
    }

    /// Said over a socket, and done.
    Deed said(Function<World, Party> who, String dialect, String event, Function<Errand, JSONObject> body) {
        return errand -> say(who.apply(errand.world()), dialect, event, body.apply(errand));
    }

    /// @param dialect one of those on `/`, or a profile of `/caps`
    void say(Party party, String dialect, String event, JSONObject body) throws InterruptedException {
        var place = dialect.startsWith("phase") ? " on /caps (" + dialect + ")" : " on / (" + dialect + ")";
        stage.done(stage.seat(party.id() + place), event, body);
    }

    static String path(Errand errand) {
        return "/api/v1/orders/" + errand.id();
    }

    static JSONObject byId(Errand errand) {
        return new JSONObject().put("order_id", errand.id());
    }

    static JSONObject parcel(Errand errand) {
        return new JSONObject()
                .put("clientId", errand.world().store())
                .put("messageId", errand.name())
                .put("order", new JSONObject().put("orderId", errand.name()).put("list", new JSONArray()));
    }

    static JSONObject code(Errand errand) {
        return new JSONObject().put("store", errand.world().store()).put("code", errand.name());
    }
}
