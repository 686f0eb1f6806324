package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.json.JSONObject;

/// A client of a hub's REST API.
public final class RestClient implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI hub;

    public RestClient(URI hub) {
        this.hub = hub;
    }

    /// The token that a hub in development mode issues to a merchant of the store `acme`.
    public String token() throws IOException, InterruptedException {
        return post("/api/v1/tokens", "", "{\"userId\": \"mo\", \"role\": \"merchant\", \"store\": \"acme\"}")
                .getString("token");
    }

    /// Places an order at the store `acme`; returns its id.
    public String place(String token) throws IOException, InterruptedException {
        return post("/api/v1/orders", token, """
                {"storeId": "acme", "customerId": "ada", "deliveryAddress": "1 Elm Road",
                 "items": [{"product": "bread", "quantity": 1}]}
                """).getString("orderId");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(path, "");
    }

    /// Reads a path with a token, or without one if it is empty.
    public HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(hub.resolve(path)), token);
    }

    private JSONObject post(String path, String token, String body) throws IOException, InterruptedException {
        var answer = send(HttpRequest.newBuilder(hub.resolve(path)).POST(BodyPublishers.ofString(body)), token);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return new JSONObject(answer.body());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token)
            throws IOException, InterruptedException {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
