package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The city of the demo on a real hub, sixty times as fast as a real one.
class DemoTest {

    @TempDir
    private Path data = Path.of("");

    @Test
    void ordersOfTheCityAreOfferedDrivenAndDeliveredAlsoAfterAKill() throws InterruptedException, IOException {
        try (var demo = demo()) {
            demo.line("[1-9]\\d* of them with an order");
        }
        try (var demo = demo()) {
            var hub = URI.create(demo.line("The map: (http://[\\w.:]+)/#admin").group(1));
            assertThat(get(hub, "/dashboard/basemap.json").getJSONArray("features"))
                    .hasSizeGreaterThan(200);
            demo.line("[1-9]\\d* were delivered");
            var order = entries(hub, "?event=delivered")
                    .filter(entry -> !entry.getString("by").endsWith("demo-driver"))
                    .findFirst()
                    .orElseThrow()
                    .getString("orderId");
            var events = entries(hub, "?limit=1000").filter(entry -> order.equals(entry.optString("orderId")));
            assertThat(events.map(entry -> entry.getString("event")))
                    .contains("placed", "accepted", "offered", "pickup", "picked_up", "in-transit", "delivered");
        }
    }

    private ProgramProcess demo() {
        return ProgramProcess.waybill(
                "demo", "--port", "0", "--data", data.toString(), "--drivers", "6", "--speed", "60", "--every", "1h");
    }

    private static Stream<JSONObject> entries(URI hub, String query) throws InterruptedException, IOException {
        return StreamSupport.stream(
                        get(hub, "/api/v1/log" + query).getJSONArray("entries").spliterator(), false)
                .map(JSONObject.class::cast);
    }

    private static JSONObject get(URI hub, String path) throws InterruptedException, IOException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(hub.resolve(path)).build();
            return new JSONObject(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }
}
