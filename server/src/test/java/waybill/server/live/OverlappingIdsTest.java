package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.LiveTestClient.json;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;

/// Customers, drivers and merchants whose ids overlap, as in tables that each count from 1, at a hub that asks for
/// tokens.
class OverlappingIdsTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");

    private static final Principal JANE = new Principal("jane", Role.CUSTOMER, "Jane Doe", "+47 1", null);
    private static final Principal KARI = new Principal("kari", Role.DRIVER, "Kari Driver", "+47 2", null);
    private static final Principal SHOP = new Principal("mo", Role.MERCHANT, "Mo", null, "acme");
    private static final Principal ROOT = new Principal("root", Role.ADMIN, null, null, null);
    private static final Principal JANE_THE_DRIVER = new Principal("jane", Role.DRIVER, "Another Jane", "+47 3", null);
    private static final Principal KARI_THE_CUSTOMER =
            new Principal("kari", Role.CUSTOMER, "Another Kari", "+47 4", null);
    private static final Principal KARI_THE_MERCHANT =
            new Principal("kari", Role.MERCHANT, "A third Kari", "+47 5", "flowers");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<LiveTestClient> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(SECRET))));
    }

    @AfterEach
    void stop() {
        sockets.forEach(LiveTestClient::close);
        hub.close();
        http.close();
    }

    @Test
    void usersWithTheSameIdInOtherRolesReceiveNothingOfEachOther() throws JSONException {
        var strangers = new ArrayList<LiveTestClient>();
        for (var namespace : List.of("/realtime", "/storefront", "/marketplace")) {
            strangers.add(connect(namespace, JANE_THE_DRIVER));
            strangers.add(connect(namespace, KARI_THE_CUSTOMER));
            strangers.add(connect(namespace, KARI_THE_MERCHANT));
        }
        var jane = connect("/realtime", JANE);
        var kari = connect("/realtime", KARI);
        strangers.forEach(LiveTestClient::receivedEvents);
        var order = onItsWay();
        request(201, "POST", "/notifications", ROOT, """
                {"userId": "jane", "role": "customer", "title": "Hello", "message": "Your pizza is near."}""");
        assertThat(jane.emitWithAck("subscribe:order", json("orderId", order)).optBoolean("ok"))
                .isTrue();
        assertThat(kari.emitWithAck("driver:location", json("orderId", order, "latitude", 59.91, "longitude", 10.75))
                        .optBoolean("ok"))
                .isTrue();
        assertThat(jane.nextEvent("notification:new").text("title")).isEqualTo("Hello");
        jane.nextEvent("driver:location_update");
        for (var stranger : strangers) {
            assertThat(stranger.receivedEvents())
                    .as("events of the order and of its users")
                    .noneMatch(heard -> concerns(heard, order));
            var missed = stranger.emitWithAck("sync", json("since", 0)).toString();
            assertThat(missed).doesNotContain("driver:new_assignment").doesNotContain("notification:new");
        }
        var hers = jane.emitWithAck("sync", json("since", 0)).toString();
        assertThat(hers).contains("order:status_update").contains("notification:new");
        assertThat(kari.emitWithAck("sync", json("since", 0)).toString()).contains("driver:new_assignment");
    }

    /// Every driver receives a new order.
    private static boolean concerns(LiveTestClient.ReceivedEvent heard, String order) {
        return heard.event().equals("notification:new")
                || (heard.payload().toString().contains(order) && !heard.event().equals("order:new"));
    }

    @Test
    void aKeyThatARequestIsSentUnderIsThatOfOneUser() throws JSONException {
        var body = """
                {"storeId": "acme", "items": [{"product": "pizza", "quantity": 1}], "deliveryAddress": "Home 1"}""";
        var kariTheDriver = send("POST", "/drivers/me/location", KARI, "{\"latitude\": 1, \"longitude\": 1}");
        assertThat(kariTheDriver.statusCode()).isEqualTo(200);
        var first = send("POST", "/orders", KARI_THE_CUSTOMER, body, "Idempotency-Key", "k1");
        var again = send("POST", "/orders", KARI_THE_CUSTOMER, body, "Idempotency-Key", "k1");
        var other =
                send("POST", "/orders", KARI_THE_MERCHANT, body.replace("acme", "flowers"), "Idempotency-Key", "k1");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.statusCode()).as(other.body()).isEqualTo(201);
        assertThat(other.body()).isNotEqualTo(first.body());
    }

    @Test
    void aDriversNameIsNeverThatOfACustomer() throws JSONException {
        var order = onItsWay();
        connect("/realtime", KARI_THE_CUSTOMER).receivedEvents();
        var tracking = request(200, "GET", "/orders/" + order + "/tracking", JANE, "");
        assertThat(tracking.getString("driverName")).isEqualTo("Kari Driver");
        assertThat(tracking.getString("driverPhone")).isEqualTo("+47 2");
    }

    @Test
    void anOrderIsGivenToDriversAlone() throws JSONException {
        connect("/realtime", JANE).receivedEvents();
        var order = placed(JANE);
        request(200, "PATCH", "/orders/" + order + "/status", SHOP, "{\"status\": \"accepted\"}");
        for (var id : List.of("jane", "root", "mo", "unheard-of")) {
            for (var by : List.of(SHOP, ROOT)) {
                var refused =
                        request(400, "POST", "/orders/" + order + "/assign", by, "{\"driverId\": \"" + id + "\"}");
                assertThat(refused.getString("field")).isEqualTo("driverId");
                assertThat(refused.getString("detail")).startsWith("driverId: " + id + " (expected: a driver");
            }
        }
        var forbidden = request(403, "POST", "/orders/" + order + "/assign", JANE, "{\"driverId\": \"jane\"}");
        assertThat(forbidden.getString("code"))
                .as("a user that may not see it learns nothing")
                .isEqualTo("forbidden");
        connect("/realtime", JANE_THE_DRIVER).receivedEvents();
        request(200, "POST", "/orders/" + order + "/assign", SHOP, "{\"driverId\": \"jane\"}");
    }

    @Test
    void aStoreDoesNotGetTheNameOfACustomerThatItNames() throws JSONException {
        connect("/realtime", JANE).receivedEvents();
        var named = request(201, "POST", "/orders", SHOP, """
                {"customerId": "jane", "items": [{"product": "pizza", "quantity": 1}], "deliveryAddress": "Home 1"}""").getString("orderId");
        assertThat(customerName(named, SHOP)).isEmpty();
        assertThat(customerName(named, ROOT)).isEqualTo("Jane Doe");
        assertThat(customerName(named, JANE)).isEqualTo("Jane Doe");
        assertThat(customerName(placed(JANE), SHOP))
                .as("a customer that has ordered there")
                .isEqualTo("Jane Doe");
    }

    @Test
    void aRevocationMayBeOfOneRoleOrOfAll() throws JSONException {
        var jane = connect("/realtime", JANE);
        var driver = connect("/realtime", JANE_THE_DRIVER);
        request(200, "POST", "/users/jane/revoke?role=driver", ROOT, "");
        driver.awaitDisconnect();
        assertThat(jane.emitWithAck("sync", json("since", 0)).optBoolean("ok")).isTrue();
        request(200, "POST", "/users/jane/revoke", ROOT, "");
        jane.awaitDisconnect();
    }

    private String customerName(String order, Principal by) throws JSONException {
        return request(200, "GET", "/orders/" + order + "/tracking", by, "").getString("customerName");
    }

    private String placed(Principal customer) throws JSONException {
        return request(201, "POST", "/orders", customer, """
                {"storeId": "acme", "items": [{"product": "pizza", "quantity": 1}], "deliveryAddress": "Home 1"}""").getString("orderId");
    }

    /// An order of Jane's that Kari drives.
    private String onItsWay() throws JSONException {
        connect("/realtime", KARI).receivedEvents();
        var order = placed(JANE);
        var at = "/orders/" + order;
        request(200, "PATCH", at + "/status", SHOP, "{\"status\": \"accepted\"}");
        request(200, "POST", at + "/assign", SHOP, "{\"driverId\": \"kari\"}");
        request(200, "PATCH", at + "/status", SHOP, "{\"status\": \"ready_for_pickup\"}");
        request(200, "PATCH", at + "/status", KARI, "{\"status\": \"picked_up\"}");
        return order;
    }

    private JSONObject request(int status, String method, String path, Principal by, String body) throws JSONException {
        var answer = send(method, path, by, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JSONObject(answer.body());
    }

    private HttpResponse<String> send(String method, String path, Principal by, String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address().getPort() + "/api/v1" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token(by))
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private LiveTestClient connect(String namespace, Principal who) {
        var socket = LiveTestClient.connect(address(), namespace, Map.of("token", token(who)), "");
        sockets.add(socket);
        return socket;
    }

    private InetSocketAddress address() {
        return hub.addresses().getFirst();
    }

    private static String token(Principal who) {
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(who, Duration.ofHours(1)));
    }
}
