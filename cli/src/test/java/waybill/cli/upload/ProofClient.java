package waybill.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.json.JSONArray;
import org.json.JSONObject;

/// A store and drivers that use the REST API of a hub in development mode.
final class ProofClient implements AutoCloseable {

    private static final String STORE = "merchant:bakery";

    private final URI url;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    ProofClient(URI url) {
        this.url = url;
    }

    /// What begins like a photo, and has that many bytes.
    static byte[] jpeg(int size) {
        var bytes = new byte[size];
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) 0xD8;
        bytes[2] = (byte) 0xFF;
        return bytes;
    }

    /// Places an order that requires a photo, and has a driver bring it to the door.
    String inTransit(String driver) throws IOException, InterruptedException {
        var order = send(request(STORE, "/api/v1/orders")
                .POST(json(new JSONObject()
                        .put("customerId", "ada")
                        .put("deliveryAddress", "1 Elm Road")
                        .put(
                                "items",
                                new JSONArray()
                                        .put(new JSONObject()
                                                .put("product", "bread")
                                                .put("quantity", 1)))
                        .put("proofRequired", new JSONArray().put("photo")))));
        var id = new JSONObject(order.body()).getString("orderId");
        for (var status : new String[] {"accepted", "ready_for_pickup"}) {
            status(STORE, id, status);
        }
        for (var status : new String[] {"assigned_to_driver", "picked_up", "in_transit"}) {
            status(driver, id, status);
        }
        return id;
    }

    void status(String who, String order, String status) throws IOException, InterruptedException {
        var answer = send(request(who, "/api/v1/orders/" + order + "/status")
                .method("PATCH", json(new JSONObject().put("status", status))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    HttpRequest photo(String driver, String order, BodyPublisher body, String... headers) {
        var request = request(driver, path(order) + "?kind=photo").header("content-type", "image/jpeg");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.POST(body).build();
    }

    /// The proofs of an order.
    JSONObject proofs(String order) throws IOException, InterruptedException {
        return new JSONObject(send(request(STORE, path(order)).GET()).body());
    }

    byte[] image(String who, String order, int number) throws IOException, InterruptedException {
        var request = request(who, path(order) + "/" + number).build();
        return http.send(request, BodyHandlers.ofByteArray()).body();
    }

    byte[] export(String order) throws IOException, InterruptedException {
        var request = request(STORE, path(order) + "/export").build();
        return http.send(request, BodyHandlers.ofByteArray()).body();
    }

    static String path(String order) {
        return "/api/v1/orders/" + order + "/proof";
    }

    HttpRequest.Builder request(String who, String path) {
        return HttpRequest.newBuilder(url.resolve(path)).header("authorization", "Bearer " + token(who));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> begin(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    /// A token of `role:id`.
    String token(String who) {
        return tokens.computeIfAbsent(who, _ -> {
            var words = who.split(":", 2);
            var body = new JSONObject()
                    .put("userId", words[1])
                    .put("role", words[0])
                    .put("name", words[1]);
            try {
                var answer = send(
                        HttpRequest.newBuilder(url.resolve("/api/v1/tokens")).POST(json(body)));
                return new JSONObject(answer.body()).getString("token");
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static BodyPublisher json(JSONObject body) {
        return BodyPublishers.ofString(body.toString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
