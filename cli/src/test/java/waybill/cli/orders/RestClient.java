package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.json.JSONArray;
import org.json.JSONObject;

/// Calls the hub over HTTP as any user.
public final class RestClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    public record Reply(int status, String text) {

        public JSONObject json() {
            return new JSONObject(text);
        }

        /// The reply, if the request succeeded.
        public JSONObject done() {
            assertThat(status).as(text).isBetween(200, 299);
            return json();
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI hub;
    private final Function<TestUser, String> token;

    public RestClient(URI hub, Function<TestUser, String> token) {
        this.hub = hub;
        this.token = token;
    }

    public Reply get(TestUser user, String path) throws IOException, InterruptedException {
        return send(request(user, path).GET());
    }

    public Reply post(TestUser user, String path, JSONObject body) throws IOException, InterruptedException {
        return call(user, "POST", path, body, Map.of());
    }

    public Reply patch(TestUser user, String path, JSONObject body) throws IOException, InterruptedException {
        return call(user, "PATCH", path, body, Map.of());
    }

    public Reply call(TestUser user, String method, String path, JSONObject body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request = request(user, path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        return send(request);
    }

    /// All events of an order, page by page.
    public List<JSONObject> events(TestUser user, String order) throws IOException, InterruptedException {
        var events = new ArrayList<JSONObject>();
        var path = "/api/v1/orders/" + order + "/events";
        for (var next = path; !next.isEmpty(); ) {
            var page = get(user, next).done();
            page.getJSONArray("events").forEach(event -> events.add((JSONObject) event));
            next = page.has("next") ? path + "?cursor=" + page.getString("next") : "";
        }
        return events;
    }

    /// An order of two items.
    public static JSONObject order(String store, String externalId) {
        return new JSONObject()
                .put("storeId", store)
                .put("externalId", externalId)
                .put("currency", "EUR")
                .put("deliveryAddress", "Parkvägen 9")
                .put(
                        "items",
                        new JSONArray()
                                .put(new JSONObject()
                                        .put("product", "tulips")
                                        .put("quantity", 2)
                                        .put("price", 1250)));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(TestUser user, String path) {
        return HttpRequest.newBuilder(hub.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token.apply(user));
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.body());
    }
}
