package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.osm.OsmTown;

/// The city of the demo on a real hub, sixty times as fast as a real one.
class DemoTest {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(180);

    private static final long POLL_MS = 200;

    private static final Set<String> UNDER_WAY =
            Set.of("accepted", "preparing", "ready_for_pickup", "assigned_to_driver", "picked_up", "in_transit");

    @TempDir
    private Path data = Path.of("");

    @Test
    void eachAcceptedOrderOfADemoThatIsKilledIsDeliveredAfterItStartsAgain() throws InterruptedException, IOException {
        List<String> orders;
        try (var demo = demo("--speed", "20")) {
            var hub = hub(demo);
            awaitEntry(hub, entry -> is("in-transit", entry) && !isParcel(entry));
            orders = accepted(hub);
        }
        try (var demo = demo("--speed", "60")) {
            var hub = hub(demo);
            assertThat(get(hub, "/dashboard/basemap.json").getJSONArray("features"))
                    .hasSizeGreaterThan(200);
            for (var order : orders) {
                awaitEntry(hub, entry -> entry.optString("orderId").equals(order) && is("delivered", entry));
            }
            var events = entries(hub).filter(entry -> entry.optString("orderId").equals(orders.getFirst()));
            assertThat(events.map(entry -> entry.getString("event")))
                    .contains("placed", "accepted", "offered", "pickup", "picked_up", "in-transit", "delivered");
            demo.line("[1-9]\\d* were delivered");
        }
    }

    @Test
    void theCityOfAnOpenStreetMapFileIsDriven() throws InterruptedException, IOException {
        var file = OsmTown.write(data.resolve("town.osm"));
        try (var demo = demo("--speed", "60", "--osm", file.toString())) {
            var hub = hub(demo);
            var map = get(hub, "/dashboard/basemap.json");
            assertThat(map.getString("name")).isEqualTo("Gridham");
            assertThat(map.getString("attribution")).isEqualTo("© OpenStreetMap contributors");
            demo.line("Gridham: \\d+ drivers, .* [1-9]\\d* were delivered");
            var driven = awaitEntry(hub, entry -> is("delivered", entry) && !isParcel(entry));
            var address =
                    get(hub, "/api/v1/orders/" + driven.getString("orderId")).getJSONObject("deliveryAddress");
            assertThat(address.getString("text")).matches("\\d+ (\\d+ (Row|Lane)|One Way Avenue)");
            assertThat(address.getDouble("latitude")).isBetween(42.4, 42.6);
        }
    }

    @Test
    void aFileThatIsNoMapEndsTheDemoWithTheReason() throws InterruptedException {
        try (var demo = demo("--osm", data.resolve("none.osm.pbf").toString())) {
            demo.line("waybill: osm: .*none.osm.pbf \\(expected: a file that can be read\\)");
        }
    }

    private ProgramProcess demo(String... options) {
        var command = new ArrayList<>(List.of("demo", "--port", "0", "--drivers", "6", "--every", "1h"));
        command.addAll(List.of("--data", data.resolve("demo").toString()));
        command.addAll(List.of(options));
        return ProgramProcess.waybill(command.toArray(String[]::new));
    }

    private static URI hub(ProgramProcess demo) throws InterruptedException {
        return URI.create(demo.line("The map: (http://[\\w.:]+)/#admin").group(1));
    }

    /// The orders that a store has accepted and no driver has delivered; first one that is on its way.
    private static List<String> accepted(URI hub) throws InterruptedException, IOException {
        var newest = entries(hub)
                .filter(entry -> !isParcel(entry) && entry.has("orderId"))
                .collect(Collectors.toMap(
                        entry -> entry.getString("orderId"),
                        Function.identity(),
                        (_, later) -> later,
                        LinkedHashMap::new));
        return newest.values().stream()
                .filter(entry -> UNDER_WAY.contains(entry.getString("status")))
                .sorted(Comparator.comparing(entry -> !is("in-transit", entry)))
                .map(entry -> entry.getString("orderId"))
                .toList();
    }

    private static boolean is(String event, JSONObject entry) {
        return entry.getString("event").equals(event);
    }

    /// Of the stores in the terminal.
    private static boolean isParcel(JSONObject entry) {
        return entry.getString("by").endsWith("demo-driver");
    }

    /// The newest entry of the log that fits, once there is one.
    private static JSONObject awaitEntry(URI hub, Predicate<JSONObject> condition)
            throws InterruptedException, IOException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        for (; ; ) {
            var found = entries(hub).filter(condition).reduce((_, newest) -> newest);
            if (found.isPresent()) {
                return found.get();
            }
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static Stream<JSONObject> entries(URI hub) throws InterruptedException, IOException {
        return StreamSupport.stream(
                        get(hub, "/api/v1/log?limit=1000")
                                .getJSONArray("entries")
                                .spliterator(),
                        false)
                .map(JSONObject.class::cast);
    }

    private static JSONObject get(URI hub, String path) throws InterruptedException, IOException {
        var admin = new JSONObject().put("userId", "root").put("role", "admin");
        var token = send(HttpRequest.newBuilder(hub.resolve("/api/v1/tokens"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(admin.toString())))
                .getString("token");
        return send(HttpRequest.newBuilder(hub.resolve(path)).header("Authorization", "Bearer " + token));
    }

    private static JSONObject send(HttpRequest.Builder request) throws InterruptedException, IOException {
        try (var http = HttpClient.newHttpClient()) {
            return new JSONObject(http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }
}
