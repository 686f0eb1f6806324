package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.LiveTestClient.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.rest.ApiTestClient;
import waybill.server.socket.SocketLimits;

/// Which users see the driver of an order in which state of it, the same on every way: the events and the snapshots
/// of each dialect, the tracking data and the route. The driver has another order, which it delivers first.
class PositionVisibilityTest {

    private static final double LATITUDE = 59.91;
    private static final double STEP = 0.0001;
    private static final List<String> VIEWERS =
            List.of("customer:bob", "merchant:wok", "admin:root", "support:sue", "customer:jane");

    /// A dialect, and the events and fields in which it has a position.
    private record Wire(String namespace, String subscribe, String order, String event, List<String> snapshot) {}

    private static final List<Wire> WIRES = List.of(
            new Wire(
                    "/realtime",
                    "subscribe:order",
                    "orderId",
                    "driver:location_update",
                    List.of("position", "latitude")),
            new Wire(
                    "/marketplace",
                    "order:subscribe",
                    "order_id",
                    "order:driver_location",
                    List.of("driver_location", "lat")),
            new Wire("/storefront", "join:order", "orderId", "delivery:location:update", List.of("location", "lat")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final Map<String, LiveTestClient> sockets = new LinkedHashMap<>();

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    private int reports;

    @AfterEach
    void close() {
        sockets.values().forEach(LiveTestClient::close);
        api.close();
    }

    @Test
    void theDriverIsSeenExactlyOnceTheOrderIsItsNextStop() {
        assertThat(matrix(UnaryOperator.identity())).isEqualTo("""
                                             events                 snapshots              tracking route
                assigned     customer:bob    none   none   none     none   none   none     none     none
                assigned     merchant:wok    none   none   none     none   none   none     none     none
                assigned     admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                assigned     support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                assigned     customer:jane   none   none   none     denied denied denied   denied   denied
                not next     customer:bob    1 km   1 km   1 km     1 km   1 km   1 km     1 km     none
                not next     merchant:wok    1 km   1 km   1 km     1 km   1 km   1 km     1 km     none
                not next     admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                not next     support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                not next     customer:jane   none   none   none     denied denied denied   denied   denied
                next         customer:bob    exact  exact  exact    exact  exact  exact    exact    yes
                next         merchant:wok    exact  exact  exact    exact  exact  exact    exact    yes
                next         admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                next         support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                next         customer:jane   none   none   none     denied denied denied   denied   denied
                failed       customer:bob    none   none   none     none   none   none     none     yes
                failed       merchant:wok    none   none   none     none   none   none     none     yes
                failed       admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                failed       support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                failed       customer:jane   none   none   none     denied denied denied   denied   denied
                returned     customer:bob    none   none   none     none   none   none     none     yes
                returned     merchant:wok    none   none   none     none   none   none     none     yes
                returned     admin:root      none   none   none     none   none   none     none     yes
                returned     support:sue     none   none   none     none   none   none     none     yes
                returned     customer:jane   none   none   none     denied denied denied   denied   denied
                """);
    }

    @Test
    void orIsNotSeenAtAllBefore() {
        var hidden =
                matrix(config -> config.withSocketLimits(SocketLimits.defaults().withHiddenUntilNext(true)));
        assertThat(hidden.lines().filter(line -> line.startsWith("not next")))
                .containsExactly(
                        "not next     customer:bob    none   none   none     none   none   none     none     none",
                        "not next     merchant:wok    none   none   none     none   none   none     none     none",
                        "not next     admin:root      exact  exact  exact    exact  exact  exact    exact    yes",
                        "not next     support:sue     exact  exact  exact    exact  exact  exact    exact    yes",
                        "not next     customer:jane   none   none   none     denied denied denied   denied   denied");
    }

    private String matrix(UnaryOperator<Config> settings) {
        api = ApiTestClient.start(data, settings);
        var first = assigned("customer:jane", "pasta");
        var order = assigned("customer:bob", "wok");
        for (var viewer : VIEWERS) {
            for (var wire : WIRES) {
                var socket = connect(viewer, wire);
                socket.emitWithAck(wire.subscribe, json(wire.order, order));
                sockets.put(viewer + wire.namespace, socket);
            }
        }
        var lines = new ArrayList<String>();
        lines.add(" ".repeat(29) + "events                 snapshots              tracking route");
        lines.addAll(stage("assigned", order));
        change(first, "picked_up", "in_transit");
        change(order, "picked_up", "in_transit");
        lines.addAll(stage("not next", order));
        change(first, "delivered");
        lines.addAll(stage("next", order));
        change(order, "failed");
        lines.addAll(stage("failed", order));
        change(order, "returned");
        lines.addAll(stage("returned", order));
        return String.join("\n", lines) + "\n";
    }

    private String assigned(String customer, String store) {
        var id = api.place(customer, store);
        for (var status : List.of("accepted", "ready_for_pickup")) {
            api.status("merchant:" + store, id, status).is(200);
        }
        api.status("driver:kari", id, "assigned_to_driver").is(200);
        return id;
    }

    private void change(String order, String... statuses) {
        for (var status : statuses) {
            api.patch(
                            "driver:kari",
                            "/orders/" + order + "/status",
                            "{\"status\": \"%s\"%s}"
                                    .formatted(status, status.equals("failed") ? ", \"reason\": \"no answer\"" : ""))
                    .is(200);
        }
        awaitStatus(order, statuses[statuses.length - 1]);
    }

    /// A status is published after the orders in memory have it.
    private void awaitStatus(String order, String status) {
        var admin = socket("admin:root", WIRES.getFirst());
        for (var event = admin.nextEvent("order:status_update"); ; event = admin.nextEvent("order:status_update")) {
            var update = event.payload();
            if (update.optString("orderId").equals(order)
                    && update.optString("status").equals(status)) {
                return;
            }
        }
    }

    private LiveTestClient connect(String viewer, Wire wire) {
        var port = api.uri("/").getPort();
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return LiveTestClient.connect(address, wire.namespace, Map.of("token", api.token(viewer)), "");
    }

    private LiveTestClient socket(String viewer, Wire wire) {
        var socket = sockets.get(viewer + wire.namespace);
        if (socket == null) {
            throw new AssertionError(viewer + wire.namespace);
        }
        return socket;
    }

    private List<String> stage(String name, String order) {
        sockets.values().forEach(LiveTestClient::receivedEvents);
        var latitude = LATITUDE + ++reports * STEP;
        api.post(
                        "driver:kari",
                        "/api/v1/drivers/me/location",
                        "[{\"latitude\": %s, \"longitude\": 10.75}]".formatted(latitude))
                .is(200);
        return VIEWERS.stream()
                .map(viewer ->
                        "%-13s%-16s%-7s%-7s%-9s%-7s%-7s%-9s%-9s%s".formatted(cells(name, viewer, order, latitude)))
                .toList();
    }

    private Object[] cells(String stage, String viewer, String order, double latitude) {
        var cells = new ArrayList<>(List.of(stage, viewer));
        WIRES.forEach(wire -> cells.add(ofEvents(socket(viewer, wire), wire, order, latitude)));
        WIRES.forEach(wire -> cells.add(ofSnapshot(socket(viewer, wire), wire, order, latitude)));
        cells.add(ofTracking(viewer, order, latitude));
        cells.add(ofRoute(viewer, order));
        return cells.toArray();
    }

    private static String ofEvents(LiveTestClient socket, Wire wire, String order, double latitude) {
        var seen = new TreeSet<String>();
        for (var event : socket.receivedEvents()) {
            if (event.event().equals(wire.event)
                    && event.payload().optString(wire.order).equals(order)) {
                seen.add(precision(latitude(event.payload()), latitude));
            }
        }
        return seen.isEmpty() ? "none" : String.join("+", seen);
    }

    private static String ofSnapshot(LiveTestClient socket, Wire wire, String order, double latitude) {
        var snapshot = socket.emitWithAck(wire.subscribe, json(wire.order, order));
        if (!snapshot.optBoolean("ok")) {
            return "denied";
        }
        var position = snapshot.optJSONObject(wire.snapshot.getFirst());
        return precision(position == null ? Double.NaN : position.optDouble(wire.snapshot.getLast()), latitude);
    }

    /// Under the name that the dialect has for it.
    private static double latitude(JSONObject event) {
        var position = event.optJSONObject("location");
        return (position == null ? event : position).optDouble(event.has("latitude") ? "latitude" : "lat");
    }

    private String ofTracking(String viewer, String order, double latitude) {
        var tracking = api.get(viewer, "/orders/" + order + "/tracking");
        return tracking.status() == 403
                ? "denied"
                : precision(number(tracking.is(200).body().path("driverLatitude")), latitude);
    }

    private String ofRoute(String viewer, String order) {
        var route = api.get(viewer, "/orders/" + order + "/route");
        return route.status() == 403
                ? "denied"
                : route.is(200).body().path("points").isEmpty() ? "none" : "yes";
    }

    private static double number(JsonNode value) {
        return !value.isNumber() ? Double.NaN : value.doubleValue();
    }

    private static String precision(double seen, double latitude) {
        return Double.isNaN(seen) ? "none" : seen == latitude ? "exact" : seen == LATITUDE ? "1 km" : "earlier";
    }
}
