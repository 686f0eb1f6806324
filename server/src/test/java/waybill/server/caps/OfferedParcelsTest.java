package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.identity.Grant;

/// Which parcels `/caps` offers to its drivers, whatever way they were taken or came to an end.
class OfferedParcelsTest {

    private static final String ACME = "acme-widgets";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<CapsTestClient> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(
                Config.defaults(data).withPorts(List.of(0)).withLoops(1).withCapsLimits(CapsLimits.off()));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsTestClient::close);
        hub.close();
        http.close();
    }

    @Test
    void whatWasTakenOrCancelledOverRestIsNotOffered() throws JSONException {
        place("taken", "cancelled", "free");
        var driver = token("kari", Role.DRIVER);
        var admin = token("root", Role.ADMIN);
        request("PATCH", "/orders/" + orderId("taken") + "/status", driver, "{\"status\": \"assigned_to_driver\"}");
        request("POST", "/orders/" + orderId("cancelled") + "/cancel", admin, "{\"reason\": \"no longer wanted\"}");
        var ola = connect("driverId=ola");
        assertThat(offered(ola)).containsExactly("free");
        assertThat(queued()).isEqualTo(1);
        var kari = connect("driverId=kari");
        assertThat(offered(kari)).as("what is theirs is said again").containsExactly("taken", "free");
        assertThat(kari.emitWithAck("in-transit", parcel("taken")).optBoolean("ok"))
                .isTrue();
    }

    @Test
    void whatIsGivenToAnotherDriverIsOfferedToThatOne() throws JSONException {
        place("m1");
        var kari = connect("driverId=kari");
        var ola = connect("driverId=ola");
        assertThat(kari.emitWithAck("in-transit", parcel("m1")).optBoolean("ok"))
                .isTrue();
        assertThat(offered(ola)).isEmpty();
        request("POST", "/orders/" + orderId("m1") + "/assign", token("root", Role.ADMIN), "{\"driverId\": \"ola\"}");
        assertThat(offered(kari)).isEmpty();
        assertThat(offered(ola)).containsExactly("m1");
        assertThat(ola.emitWithAck("delivered", parcel("m1")).optBoolean("ok")).isTrue();
        assertThat(offered(ola)).isEmpty();
    }

    @Test
    @Timeout(60)
    void aParcelOfADriverWithoutANameIsOfferedAgainWhenItsConnectionIsGone() {
        place("m1");
        var nameless = connect("");
        assertThat(nameless.emitWithAck("in-transit", parcel("m1")).optBoolean("ok"))
                .isTrue();
        var ola = connect("driverId=ola");
        assertThat(offered(ola)).isEmpty();
        nameless.close();
        var offered = offered(ola);
        while (offered.isEmpty()) { // the hub sees it a little later
            offered = offered(ola);
        }
        assertThat(offered).containsExactly("m1");
        assertThat(ola.emitWithAck("delivered", parcel("m1")).optBoolean("ok")).isTrue();
    }

    /// Waits until it has been sent to the connected drivers, so that a later one receives it by `getAll` alone.
    private void place(String... names) {
        var vendor = connect("role=vendor");
        var witness = connect("");
        for (var name : names) {
            assertThat(vendor.emitWithAck("pickup", parcel(name)).optBoolean("ok"))
                    .isTrue();
            assertThat(witness.nextEvent().text("messageId")).isEqualTo(name);
        }
    }

    private static List<String> offered(CapsTestClient driver) {
        var count = driver.emitWithAck("getAll", json("event", "pickup")).optInt("count");
        var names = driver.receivedEvents().stream()
                .filter(said -> said.event().equals("pickup"))
                .map(said -> said.text("messageId"))
                .toList();
        assertThat(names).hasSize(count);
        return names;
    }

    private static JSONObject parcel(String name) {
        return json("clientId", ACME, "messageId", name, "order", json("orderId", name));
    }

    private CapsTestClient connect(String query) {
        var socket = CapsTestClient.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }

    private String token(String id, Role role) {
        var grant = new Grant(new Principal(id, role, null, null, null), Duration.ofHours(1));
        return hub.identity().issuer().orElseThrow().issue(grant);
    }

    private String orderId(String name) throws JSONException {
        var orders = orders();
        for (var i = 0; i < orders.length(); i++) {
            if (orders.getJSONObject(i).getString("externalId").equals(name)) {
                return orders.getJSONObject(i).getString("orderId");
            }
        }
        throw new AssertionError(name + ": not among " + orders);
    }

    private JSONArray orders() throws JSONException {
        return request("GET", "/orders", token("root", Role.ADMIN), "").getJSONArray("orders");
    }

    private long queued() throws JSONException {
        var queues = request("GET", "/queues", token("root", Role.ADMIN), "").getJSONArray("queues");
        assertThat(queues.length()).isEqualTo(1);
        return queues.getJSONObject(0).getLong("depth");
    }

    private JSONObject request(String method, String path, String token, String body) throws JSONException {
        var port = hub.addresses().getFirst().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
        var answer = http.sendAsync(request, BodyHandlers.ofString()).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JSONObject(answer.body());
    }
}
