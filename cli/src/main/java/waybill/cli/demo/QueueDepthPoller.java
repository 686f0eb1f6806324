package waybill.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.json.JSONException;
import org.json.JSONObject;

/// Polls the number of queued messages over REST.
public final class QueueDepthPoller implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpRequest request;
    private volatile long depth;

    public QueueDepthPoller(URI hub) {
        request = HttpRequest.newBuilder(hub.resolve("/api/v1/queues"))
                .timeout(TIMEOUT)
                .build();
    }

    /// The depth of all queues together at the last poll.
    public long depth() {
        return depth;
    }

    /// Polls the hub. If it does not respond, the last depth stays.
    public void poll() throws InterruptedException {
        try {
            var response =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            var sum = 0L;
            for (var queue : new JSONObject(response).getJSONArray("queues")) {
                sum += queue instanceof JSONObject each ? each.optLong("depth") : 0;
            }
            depth = sum;
        } catch (IOException | JSONException _) {
            return;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
