package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Trust;
import waybill.server.socket.SocketLimits;

/// A viewer whose phone is offline for a while follows a driver that sends positions all the time.
@Timeout(180)
class SlowViewerTest {

    /// The driver has all of these orders, and each position is sent for each.
    private static final int ORDERS = 10;

    /// Together more than operating systems buffer for a connection that is not read.
    private static final int POSITIONS = 5_000;

    private static final String STORE = "acme-widgets";
    private static final TestUser ADA = TestUser.customer("ada");
    private static final TestUser MIA = TestUser.merchant("mia", STORE);
    private static final TestUser KARI = TestUser.driver("kari");
    private static final TestUser ROOT = TestUser.admin("root");

    @TempDir
    private Path data = Path.of("");

    @Test
    void aSlowViewerGetsTheNewestPositionAndEveryStatusAndStaysConnected() throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var trust = new Trust.SharedSecret(waybill.server.identity.Secret.of(secret.text()));
        var config = Config.defaults(data.resolve("hub"))
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(trust))
                .withSocketLimits(SocketLimits.off());
        var received = new ReceivedEvents();
        try (var hub = WaybillServer.start(config)) {
            var url =
                    URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort());
            try (var rest = new RestClient(url, secret::token);
                    var phones = JavaScriptSocketClients.start(url, received);
                    var vans = new JavaSocketClients(url, received)) {
                var orders = placed(rest);
                var viewer = TestSocket.realtime(ROOT, secret.token(ROOT)); // sees the driver before the pickup, too
                var driver = TestSocket.realtime(KARI, secret.token(KARI));
                phones.connect(viewer);
                vans.connect(driver);
                for (var order : orders) {
                    var response = (JSONObject)
                            phones.emitWithAck(viewer, "subscribe:order", new JSONObject().put("orderId", order));
                    assertThat(response.getBoolean("ok")).as("%s", response).isTrue();
                }
                phones.pause(viewer);
                var newest = drive(vans, driver);
                move(rest, KARI, orders, "picked_up");
                move(rest, KARI, orders, "in_transit");
                phones.resume(viewer);
                for (var order : orders) {
                    received.await(viewer.name(), "where " + order + " is", event -> isAt(event, order, newest));
                    for (var status : List.of("picked_up", "in_transit")) {
                        received.await(
                                viewer.name(),
                                order + " is " + status,
                                event -> event.names(order) && event.status().equals(status));
                    }
                }
                checkOrder(received.of(viewer.name()));
            }
        }
    }

    private static List<String> placed(RestClient rest) throws IOException, InterruptedException {
        var orders = new ArrayList<String>();
        for (int i = 0; i < ORDERS; i++) {
            var order = rest.post(ADA, "/api/v1/orders", RestClient.order(STORE, "order-" + i))
                    .done();
            orders.add(order.getString("orderId"));
        }
        move(rest, MIA, orders, "accepted");
        move(rest, MIA, orders, "ready_for_pickup");
        move(rest, KARI, orders, "assigned_to_driver");
        return orders;
    }

    private static void move(RestClient rest, TestUser user, List<String> orders, String status)
            throws IOException, InterruptedException {
        for (var order : orders) {
            rest.patch(user, "/api/v1/orders/" + order + "/status", new JSONObject().put("status", status))
                    .done();
        }
    }

    /// Sends positions continuously and returns the last latitude.
    private static double drive(JavaSocketClients vans, TestSocket driver) throws InterruptedException {
        var startMs = Instant.now().minusSeconds(60).toEpochMilli();
        for (int i = 1; ; i++) {
            var latitude = 10 + i / 1_000.0;
            var place = new JSONObject()
                    .put("latitude", latitude)
                    .put("longitude", 10.5)
                    .put("recordedAt", Instant.ofEpochMilli(startMs + i).toString());
            if (i < POSITIONS) {
                vans.emit(driver, "driver:location", place);
            } else {
                var response = (JSONObject) vans.emitWithAck(driver, "driver:location", place);
                assertThat(response.getBoolean("ok")).as("%s", response).isTrue();
                return latitude;
            }
        }
    }

    private static boolean isAt(ReceivedEvents.ReceivedEvent event, String order, double latitude) {
        return event.event().equals("driver:location_update")
                && event.names(order)
                && event.body().getDouble("latitude") == latitude;
    }

    /// Many positions were skipped, none came late, and the connection was never lost.
    private static void checkOrder(List<ReceivedEvents.ReceivedEvent> received) {
        Map<String, Double> last = new HashMap<>();
        var positions = 0;
        for (var event : received) {
            assertThat(event.event()).isNotEqualTo("disconnect");
            if (event.event().equals("driver:location_update")) {
                var latitude = event.body().getDouble("latitude");
                var before = last.put(event.body().getString("orderId"), latitude);
                assertThat(before == null || before < latitude)
                        .as("%s after %s", event, before)
                        .isTrue();
                positions++;
            }
        }
        assertThat(positions).isBetween(ORDERS, ORDERS * POSITIONS - ORDERS);
    }
}
