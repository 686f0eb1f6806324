package waybill.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.json.JSONException;
import org.json.JSONObject;

/// How much waits in the hub's queues, asked over REST now and then.
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

    /// The depth of all queues together when the hub was last asked.
    public long depth() {
        return depth;
    }

    /// Asks the hub. While it does not answer, what it said last stands.
    public void poll() throws InterruptedException {
        try {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            var sum = 0L;
            for (var queue : new JSONObject(answer).getJSONArray("queues")) {
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
