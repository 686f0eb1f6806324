package waybill.server.routing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.eta.TravelTimeProvider;

/// Asks a routing service over HTTP. What goes wrong makes the future fail, with a message that holds neither the
/// request nor its key. Thread-safe.
final class HttpRouting implements TravelTimeProvider {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /// Until the headers of a response. The caller limits the whole of it.
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// A path across a country has some megabytes.
    private static final long RESPONSE_BYTES_MAX = 4_000_000;

    /// With this OSRM answers that there is no way, and says so in the body.
    private static final int BAD_REQUEST = 400;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final RoutingProtocol protocol;

    HttpRouting(RoutingProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public CompletableFuture<Travel> find(TravelRequest request) {
        var exchange = http.sendAsync(
                protocol.request(request)
                        .timeout(TIMEOUT)
                        .header("accept", "application/json")
                        .build(),
                BodyHandlers.limiting(BodyHandlers.ofString(), RESPONSE_BYTES_MAX));
        var result = exchange.thenApply(this::parse);
        result.whenComplete((_, _) -> {
            if (result.isCancelled()) {
                exchange.cancel(true); // or the service would go on
            }
        });
        return result;
    }

    private Travel parse(HttpResponse<String> response) {
        if (response.statusCode() != 200 && response.statusCode() != BAD_REQUEST) {
            throw new IllegalStateException("status " + response.statusCode() + " (expected: 200)");
        }
        return protocol.parse(json(response.body()));
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            throw new IllegalStateException("response: not JSON (expected: JSON)");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
