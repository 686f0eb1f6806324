package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.live.LiveTestClient;
import waybill.server.rest.ApiTestClient;

/// One position of a driver has one ETA, whichever way it is asked for.
class EtaAgreementTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    /// The order has no pickup address of its own, so the way to its store counts.
    @Test
    void eventSnapshotAndRequestHaveTheSameTimeOfArrival() throws JSONException {
        try (var api = ApiTestClient.start(data)) {
            api.request("PUT", "merchant:acme", "/api/v1/business", """
                    {"name": "Acme", "keeper": "Jane",
                     "address": {"text": "2 Side St", "latitude": 59.96, "longitude": 10.75}}""").is(200);
            var id = api.place("customer:joe", "acme");
            for (var status : List.of("accepted", "ready_for_pickup")) {
                api.status("merchant:acme", id, status).is(200);
            }
            api.status("driver:dan", id, "assigned_to_driver").is(200);
            try (var admin = connect(api, "admin:root")) {
                subscribe(admin, id);
                api.post("driver:dan", "/api/v1/drivers/me/location", "{\"latitude\": 59.94, \"longitude\": 10.75}")
                        .is(200);
                var event = next(admin, "order:eta_update").getString("estimatedDeliveryTime");
                var snapshot = subscribe(admin, id).getJSONObject("eta").getString("estimatedDeliveryTime");
                var tracking =
                        api.get("customer:joe", "/orders/" + id + "/tracking").is(200);
                assertThat(List.of(snapshot, tracking.text("estimatedDeliveryTime")))
                        .containsOnly(event);
                var minutes = tracking.body().path("etaMinutes").asInt();
                assertThat(minutes).as("by the store, not straight to the door").isGreaterThan(20);
            }
        }
    }

    private static LiveTestClient connect(ApiTestClient api, String user) {
        var address = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), api.uri("/").getPort());
        return LiveTestClient.connect(address, "/realtime", Map.of("token", api.token(user)), "");
    }

    private static JSONObject subscribe(LiveTestClient client, String order) throws JSONException {
        return client.emitAsync("subscribe:order", new JSONObject().put("orderId", order))
                .join();
    }

    private static JSONObject next(LiveTestClient client, String event) {
        var next = client.nextEvent();
        while (!next.event().equals(event)) {
            next = client.nextEvent();
        }
        return next.payload();
    }
}
