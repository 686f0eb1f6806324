package waybill.cli.simulation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.json.JSONException;
import org.json.JSONObject;

/// The REST API of a hub, for threads that wait. A request is sent until it is answered. Thread-safe.
final class HubRest implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /// Longer than a hub takes to start again.
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);

    private static final long RETRY_MIN_MS = 100;
    private static final long RETRY_MAX_MS = 1_000;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int CONFLICT = 409;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<URI> hubs;
    private final AtomicInteger attempts = new AtomicInteger();
    private final Function<SimulatedUser, String> tokens;

    HubRest(List<URI> hubs, Function<SimulatedUser, String> tokens) {
        this.hubs = List.copyOf(hubs);
        this.tokens = tokens;
    }

    record Reply(int status, JSONObject body) {

        boolean isOk() {
            return status < 300;
        }

        boolean isConflict() {
            return status == CONFLICT;
        }
    }

    /// A request that no answer came for.
    static final class NoAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String request) {
            super("no answer within " + ANSWER_WITHIN.toSeconds() + " s: " + request);
        }
    }

    Reply get(SimulatedUser user, String path) throws InterruptedException {
        return send(hub -> request(hub, path)
                .header("Authorization", "Bearer " + tokens.apply(user))
                .GET()
                .build());
    }

    /// @param key under which the hub does it once, however often it is sent
    Reply write(SimulatedUser user, String method, String path, String key, JSONObject body)
            throws InterruptedException {
        return send(hub -> request(hub, path)
                .header("Authorization", "Bearer " + tokens.apply(user))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .method(method, HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private static HttpRequest.Builder request(URI hub, String path) {
        return HttpRequest.newBuilder(hub.resolve("/api/v1" + path)).timeout(TIMEOUT);
    }

    /// Each attempt goes to the next of the hubs.
    private Reply send(Function<URI, HttpRequest> requestTo) throws InterruptedException {
        var request = requestTo.apply(nextHub());
        var deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() < 500 && response.statusCode() != TOO_MANY_REQUESTS) {
                    return new Reply(response.statusCode(), new JSONObject(response.body()));
                }
            } catch (IOException | JSONException _) {
                // cut: it is sent again
            }
            request = requestTo.apply(nextHub());
            if (closed.await(ThreadLocalRandom.current().nextLong(RETRY_MIN_MS, RETRY_MAX_MS), TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new NoAnswer(request.method() + " " + request.uri().getPath());
    }

    private URI nextHub() {
        return hubs.get(Math.floorMod(attempts.getAndIncrement(), hubs.size()));
    }

    @Override
    public void close() {
        closed.countDown();
        http.shutdownNow();
    }
}
