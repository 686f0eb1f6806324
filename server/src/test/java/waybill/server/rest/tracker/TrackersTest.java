package waybill.server.rest.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.rest.ApiTestClient;

/// Apps that report positions under a key, as phones send them: without headers, in a query, a form or JSON.
class TrackersTest {

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    @ParameterizedTest
    @ValueSource(strings = {"/ingest/osmand", "/api/v1/ingest/osmand", "/ingest/osmand/", "/"})
    void osmAndReportsByAQuery(String path) throws JSONException {
        var driver = "by-query" + path.replace('/', '-');
        var key = key(driver);
        var answer = get(path + "?id=" + key + "&lat=59.91&lon=10.75&timestamp=" + System.currentTimeMillis()
                + "&hdop=8.0&altitude=20.0&speed=4.5&bearing=90.0");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var body = new JSONObject(answer.body());
        assertThat(body.getBoolean("success")).isTrue();
        assertThat(body.getString("verdict")).isEqualTo("live");
        assertThat(body.getInt("accepted")).isEqualTo(1);
        assertThat(nearby(59.91)).contains(driver);
    }

    @Test
    void traccarClientReportsByThePostOfAQueryWithoutABody() throws JSONException {
        var key = key("by-post");
        var query = "?id=" + key + "&timestamp=" + Instant.now().getEpochSecond()
                + "&lat=58.91&lon=10.75&speed=1.0&bearing=0.0&altitude=0.0&accuracy=12.0&batt=80.0";
        assertThat(new JSONObject(post("/" + query, "", "").body()).getString("verdict"))
                .isEqualTo("live");
        assertThat(nearby(58.91)).contains("by-post");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/x-www-form-urlencoded; charset=UTF-8", "application/json", "text/plain"})
    void bodiesAreReadWhateverTheirContentType(String contentType) throws JSONException {
        var key = key("typed");
        var form = "id=" + key + "&lat=57.91&lon=10.75&batt=50";
        assertThat(new JSONObject(post("/ingest/osmand", contentType, form).body()).getInt("accepted"))
                .isEqualTo(1);
        var json = "{\"location\":{\"coords\":{\"latitude\":57.91,\"longitude\":10.75},\"event\":\"motionchange\"},"
                + "\"device_id\":\"" + key + "\"}";
        for (var path : List.of("/", "/ingest/osmand")) {
            assertThat(new JSONObject(post(path, contentType, json).body()).getInt("accepted"))
                    .isEqualTo(1);
        }
        delete("typed");
    }

    @Test
    void bufferedPositionsAreReportedInOneRequest() throws JSONException {
        var key = key("buffer");
        var now = Instant.now();
        var json = """
                {"location":[
                {"timestamp":"%s","coords":{"latitude":56.9102,"longitude":10.75}},
                {"timestamp":"%s","coords":{"latitude":56.91,"longitude":10.75}},
                {"timestamp":"%s","coords":{"latitude":91,"longitude":10.75}},
                {"timestamp":"%s","coords":{"latitude":56.9101,"longitude":10.75}}],"device_id":"%s"}""".formatted(now, now.minusSeconds(600), now, now.minusSeconds(300), key);
        var body = new JSONObject(post("/ingest/osmand", "", json).body());
        assertThat(body.getInt("received")).isEqualTo(4);
        assertThat(body.getInt("accepted")).isEqualTo(3);
        assertThat(body.getString("verdict")).isEqualTo("live");
        var rejected = body.getJSONArray("rejected");
        assertThat(rejected.length()).isEqualTo(1);
        assertThat(rejected.getJSONObject(0).getInt("index")).isEqualTo(2);
        assertThat(rejected.getJSONObject(0).getString("message")).isEqualTo("latitude: \"91\" (expected: -90..90)");
        assertThat(new JSONObject(post("/ingest/osmand", "", json).body()).getString("verdict"))
                .as("the same again")
                .isEqualTo("stale");
    }

    @Test
    void aBufferOfMoreThanOneReportsPositionsIsTakenWhole() throws JSONException {
        var key = key("offline");
        var now = Instant.now().toEpochMilli();
        var locations = IntStream.range(0, 1_201)
                .mapToObj(i -> "{\"timestamp\":%d,\"coords\":{\"latitude\":54.91,\"longitude\":10.75}}"
                        .formatted(now - i * 2_000L))
                .collect(Collectors.joining(","));
        var body = new JSONObject(post("/ingest/osmand?id=" + key, "", "{\"locations\":[" + locations + "]}")
                .body());
        assertThat(body.getInt("received")).isEqualTo(1_201);
        assertThat(body.getInt("accepted")).isEqualTo(1_201);
        assertThat(body.getString("verdict")).isEqualTo("live");
    }

    @Test
    void aKnownTrackerIsNeverHeldUpByAPositionThatNoRetryCanMend() throws JSONException {
        var order = api.place("customer:joe", "acme");
        api.status("merchant:acme", order, "accepted").is(200);
        api.status("merchant:acme", order, "ready_for_pickup").is(200);
        var key = key("held");
        api.status("driver:held", order, "assigned_to_driver").is(200);
        var form = "id=" + key + "&lon=10.75&timestamp=";
        var now = System.currentTimeMillis();
        verdict(form + (now - 4_000) + "&lat=55.91", "live");
        verdict(form + (now - 3_000) + "&lat=91", "");
        verdict(form + (now - 2_000) + "&lat=55,91", "");
        verdict(form + "4102444800&lat=55.92", "implausible");
        verdict(form + "yesterday&lat=55.92", "implausible");
        verdict(form + now + "&lat=55.92&valid=0", "implausible");
        verdict("id=" + key + "&lat=0&lon=0", "implausible");
        verdict("{\"device_id\":\"" + key + "\",\"location\":{}}", "");
        assertThat(get("/ingest/osmand?id=" + key + "&lat=1&lon=%7B").statusCode())
                .isEqualTo(200);
        assertThat(post("/ingest/osmand?id=" + key, "", "{\"location\":{\"coords\"")
                        .statusCode())
                .isEqualTo(200);
        verdict(form + System.currentTimeMillis() + "&lat=55.9101", "live");
        assertThat(nearby(55.9101)).contains("held");
        var fault = trackers("held").getJSONObject(0).getJSONObject("fault");
        assertThat(fault.getInt("count")).isGreaterThanOrEqualTo(6);
        var points = new JSONObject(api.get("admin:root", "/orders/" + order + "/route")
                        .is(200)
                        .http()
                        .body())
                .getJSONArray("points");
        var marked = 0;
        for (var i = 0; i < points.length(); i++) {
            marked += points.getJSONObject(i).optBoolean("plausible", true) ? 0 : 1;
        }
        assertThat(marked).as(points.toString()).isBetween(2, 4); // of those in one millisecond the track has one
    }

    @Test
    void aWrongKeyIsRefusedWithTheReason() throws JSONException {
        for (var query :
                List.of("?lat=1&lon=2", "?id=&lat=1&lon=2", "?id=48241179&lat=1&lon=2", "?id=" + "0".repeat(26))) {
            var answer = get("/ingest/osmand" + query);
            assertThat(answer.statusCode()).isEqualTo(401);
            var problem = new JSONObject(answer.body());
            assertThat(problem.getString("field")).isEqualTo("id");
            assertThat(problem.getString("detail"))
                    .startsWith("id: ")
                    .endsWith(" (expected: the key of a tracker, from POST /drivers/me/trackers)");
        }
        var malformed = post("/ingest/osmand", "", "{\"location\"");
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(new JSONObject(malformed.body()).getString("detail"))
                .isEqualTo("body: no JSON at line 1, column 12 (expected: JSON)");
    }

    @Test
    void aTrackerIsOneDriversUntilItIsDeleted() throws JSONException {
        var created = api.post("driver:own", "/api/v1/drivers/me/trackers", "{\"name\":\"My phone\"}")
                .is(201);
        assertThat(created.text("driverId")).isEqualTo("own");
        var id = created.text("trackerId");
        assertThat(trackers("own").getJSONObject(0).getString("name")).isEqualTo("My phone");
        assertThat(api.get("driver:own", "/api/v1/drivers/own/trackers")
                        .is(200)
                        .http()
                        .body())
                .doesNotContain(created.text("key"));
        api.get("driver:other", "/api/v1/drivers/own/trackers").isProblem(403, "forbidden");
        api.get("customer:own", "/api/v1/drivers/me/trackers").isProblem(403, "forbidden");
        api.get("admin:root", "/api/v1/drivers/me/trackers").isProblem(400, "invalid");
        api.request("DELETE", "driver:other", "/api/v1/drivers/me/trackers/" + id, "")
                .isProblem(404, "not_found");
        var report = "/ingest/osmand?lat=1&lon=2&id=" + created.text("key");
        assertThat(get(report).statusCode()).isEqualTo(200);
        api.request("DELETE", "admin:root", "/api/v1/drivers/own/trackers/" + id, "")
                .is(204);
        assertThat(get(report).statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedDriversTrackersAreRejectedAtOnce() {
        var key = key("gone");
        assertThat(get("/ingest/osmand?lat=1&lon=2&id=" + key).statusCode()).isEqualTo(200);
        api.post("admin:root", "/api/v1/users/gone/revoke", "").is(200);
        assertThat(get("/ingest/osmand?lat=1&lon=2&id=" + key).statusCode()).isEqualTo(401);
    }

    @Test
    void aDriverHasTenTrackersAtMost() throws JSONException {
        for (var i = 0; i < 10; i++) {
            key("many");
        }
        api.post("admin:root", "/api/v1/drivers/many/trackers", "{\"name\":\"one more\"}")
                .isProblem(409, "conflict");
        assertThat(trackers("many").length()).isEqualTo(10);
    }

    @Test
    void theMetricsCountPositionsByTheirSource() {
        var key = key("counted");
        post("/ingest/osmand", "", "id=" + key + "&lat=2&lon=2");
        post("/ingest/osmand", "", "id=" + key + "&lat=99&lon=2");
        api.post("driver:counted", "/api/v1/drivers/me/location", "{\"latitude\":2,\"longitude\":2}")
                .is(200);
        assertThat(api.get("admin:root", "/metrics").http().body())
                .contains(
                        "waybill_positions_reported_total{result=\"live\",source=\"tracker\"}",
                        "waybill_positions_reported_total{result=\"rejected\",source=\"tracker\"}",
                        "waybill_positions_reported_total{result=\"live\",source=\"rest\"}");
    }

    private static String key(String driver) {
        return api.post("admin:root", "/api/v1/drivers/" + driver + "/trackers", "{\"name\":\"phone\"}")
                .is(201)
                .text("key");
    }

    private static void delete(String driver) throws JSONException {
        var all = trackers(driver);
        for (var i = 0; i < all.length(); i++) {
            var id = all.getJSONObject(i).getString("trackerId");
            api.request("DELETE", "admin:root", "/api/v1/drivers/" + driver + "/trackers/" + id, "")
                    .is(204);
        }
    }

    private static JSONArray trackers(String driver) throws JSONException {
        var answer =
                api.get("admin:root", "/api/v1/drivers/" + driver + "/trackers").is(200);
        return new JSONObject(answer.http().body()).getJSONArray("trackers");
    }

    private static List<String> nearby(double latitude) {
        return ApiTestClient.ids(
                api.get("admin:root", "/api/v1/drivers/nearby?lng=10.75&radius=50&lat=" + latitude),
                "drivers",
                "driverId");
    }

    private static void verdict(String body, String expected) throws JSONException {
        var answer = post("/ingest/osmand", "", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(new JSONObject(answer.body()).optString("verdict"))
                .as(answer.body())
                .isEqualTo(expected);
    }

    private static HttpResponse<String> get(String path) {
        return api.send(HttpRequest.newBuilder(api.uri(path)).build());
    }

    private static HttpResponse<String> post(String path, String contentType, String body) {
        var request = HttpRequest.newBuilder(api.uri(path))
                .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("content-type", contentType);
        }
        return api.send(request.build());
    }
}
