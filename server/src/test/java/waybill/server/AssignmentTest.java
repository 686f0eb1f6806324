package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.live.LiveTestClient;

/// A driver receives the addresses of an order that it is assigned to.
class AssignmentTest {

    private static final Principal ANNA = new Principal("anna", Role.CUSTOMER, null, null, null);
    private static final Principal SHOP = new Principal("mia", Role.MERCHANT, null, null, "acme");
    private static final Principal KARI = new Principal("kari", Role.DRIVER, null, null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    private String token(Principal principal) {
        return hub.identity().issuer().orElseThrow().issue(new Grant(principal, Duration.ofHours(1)));
    }

    private InetSocketAddress address() {
        return hub.addresses().getFirst();
    }

    private JSONObject ask(Principal by, String method, String path, String body)
            throws IOException, InterruptedException, JSONException {
        var uri = URI.create("http://127.0.0.1:" + address().getPort() + "/api/v1" + path);
        var answer = http.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token(by))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        return new JSONObject(answer.body());
    }

    @Test
    void anAssignmentSaysWhereTheStoreIs() throws IOException, InterruptedException, JSONException {
        ask(SHOP, "PUT", "/business", """
                {"name": "Acme", "address": {"text": "2 Side St", "latitude": 59.92, "longitude": 10.74}}""");
        var order = ask(ANNA, "POST", "/orders", """
                {"storeId": "acme", "deliveryAddress": "1 Main St", "items": [{"product": "p", "quantity": 1}]}""").getString("orderId");
        ask(SHOP, "PATCH", "/orders/" + order + "/status", "{\"status\": \"accepted\"}");
        try (var kari = LiveTestClient.connect(address(), "/realtime", Map.of("token", token(KARI)), "")) {
            ask(SHOP, "POST", "/orders/" + order + "/assign", "{\"driverId\": \"kari\"}");
            var heard = kari.nextEvent();
            while (!heard.event().equals("driver:new_assignment")) {
                heard = kari.nextEvent();
            }
            var said = heard.payload();
            assertThat(said.getString("pickupAddress")).isEqualTo("2 Side St");
            assertThat(said.getDouble("pickupLatitude")).isEqualTo(59.92);
            assertThat(said.getDouble("pickupLongitude")).isEqualTo(10.74);
        }
    }
}
