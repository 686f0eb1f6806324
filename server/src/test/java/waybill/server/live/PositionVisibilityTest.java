package waybill.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.live.LiveTestClient.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
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
import waybill.server.rest.link.LinkViewer;
import waybill.server.socket.SocketLimits;

/// Which users see the driver of an order in which state of it, the same on every way: the events and the snapshots
/// of each dialect, the tracking data, the route, and the stream and the JSON of a public link. The driver has another
/// order, which it delivers first.
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

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private ApiTestClient api;

    @SuppressWarnings("NullAway.Init")
    private LinkViewer link;

    private String linkPath = "";

    private int reports;

    @AfterEach
    void close() {
        sockets.values().forEach(LiveTestClient::close);
        link.close();
        http.close();
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
                assigned     public link     none                   none
                not next     customer:bob    1 km   1 km   1 km     1 km   1 km   1 km     1 km     none
                not next     merchant:wok    1 km   1 km   1 km     1 km   1 km   1 km     1 km     none
                not next     admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                not next     support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                not next     customer:jane   none   none   none     denied denied denied   denied   denied
                not next     public link     1 km                   1 km
                next         customer:bob    exact  exact  exact    exact  exact  exact    exact    yes
                next         merchant:wok    exact  exact  exact    exact  exact  exact    exact    yes
                next         admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                next         support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                next         customer:jane   none   none   none     denied denied denied   denied   denied
                next         public link     exact                  exact
                failed       customer:bob    none   none   none     none   none   none     none     yes
                failed       merchant:wok    none   none   none     none   none   none     none     yes
                failed       admin:root      exact  exact  exact    exact  exact  exact    exact    yes
                failed       support:sue     exact  exact  exact    exact  exact  exact    exact    yes
                failed       customer:jane   none   none   none     denied denied denied   denied   denied
                failed       public link     none                   none
                returned     customer:bob    none   none   none     none   none   none     none     yes
                returned     merchant:wok    none   none   none     none   none   none     none     yes
                returned     admin:root      none   none   none     none   none   none     none     yes
                returned     support:sue     none   none   none     none   none   none     none     yes
                returned     customer:jane   none   none   none     denied denied denied   denied   denied
                returned     public link     none                   none
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
                        "not next     customer:jane   none   none   none     denied denied denied   denied   denied",
                        "not next     public link     none                   none");
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
        linkPath = "/t/"
                + api.post("customer:bob", "/orders/" + order + "/share", "")
                        .is(201)
                        .text("token");
        link = LinkViewer.open(http, api.uri(linkPath + "/events"));
        link.next("state");
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
        requireNoPositionUntilTheEnd();
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
        var lines = new ArrayList<String>();
        for (var viewer : VIEWERS) {
            lines.add("%-13s%-16s%-7s%-7s%-9s%-7s%-7s%-9s%-9s%s".formatted(cells(name, viewer, order, latitude)));
        }
        var snapshot = precision(
                number(api.get("", linkPath).is(200).body().path("position").path("latitude")), latitude);
        lines.add("%-13s%-16s%-23s%s".formatted(name, "public link", ofLink(snapshot, latitude), snapshot));
        return lines;
    }

    /// The next position of the stream, if there must be one. Those that must not be there come before it, or before
    /// the end.
    private String ofLink(String snapshot, double latitude) {
        return snapshot.equals("none")
                ? "none"
                : precision(number(link.next("position").data().path("latitude")), latitude);
    }

    private void requireNoPositionUntilTheEnd() {
        for (var event = link.next(); !event.name().equals("end"); event = link.next()) {
            assertThat(event.name()).isIn("state", "eta");
            assertThat(event.data().has("position")).isFalse();
        }
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
