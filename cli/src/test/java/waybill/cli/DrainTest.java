package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A hub that is told to stop disconnects its clients one by one, says so to load balancers, accepts no new ones, and
/// answers requests until the end.
@Timeout(120)
class DrainTest {

    private static final int CLIENTS = 40;
    private static final Duration DRAIN = Duration.ofSeconds(6);

    @TempDir
    private Path folder = Path.of("");

    private final CountDownLatch opened = new CountDownLatch(CLIENTS);
    private final CountDownLatch closed = new CountDownLatch(CLIENTS);
    private final ConcurrentLinkedQueue<Long> closedAt = new ConcurrentLinkedQueue<>();

    @Test
    void clientsAreDisconnectedOneByOneAndNothingIsLost() throws IOException, InterruptedException {
        String order;
        try (var hub = HubProcess.start(0, folder, "--drain", DRAIN.toSeconds() + "s");
                var rest = new RestClient(hub.url());
                var http = HttpClient.newHttpClient()) {
            var engine = "ws://127.0.0.1:" + hub.url().getPort() + "/socket.io/?EIO=4&transport=websocket";
            for (var i = 0; i < CLIENTS; i++) {
                http.newWebSocketBuilder()
                        .buildAsync(URI.create(engine), new Client())
                        .join();
            }
            assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
            var token = rest.token();
            ProcessHandle.of(hub.program().pid()).orElseThrow().destroy();
            hub.program().line("draining: " + CLIENTS + " connections are closed within " + DRAIN.toMillis() + " ms");
            var ready = rest.get("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(new JSONObject(ready.body()).getString("status")).isEqualTo("draining");
            assertThat(rest.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(rest.get("/socket.io/?EIO=4&transport=polling").statusCode())
                    .isEqualTo(503);
            order = rest.place(token);
            assertThat(closed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(hub.program().awaitExit()).isEqualTo(143);
        }
        var times = closedAt.stream().sorted().toList();
        assertThat(Duration.ofNanos(times.getLast() - times.getFirst()))
                .isBetween(DRAIN.dividedBy(2), DRAIN.multipliedBy(2));
        try (var hub = HubProcess.start(0, folder);
                var rest = new RestClient(hub.url())) {
            var found = rest.get("/api/v1/orders/" + order, rest.token());
            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        }
    }

    /// Notes when the hub opens and closes it.
    private final class Client implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            if (data.toString().startsWith("0{")) {
                opened.countDown();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            onClosed();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            onClosed();
        }

        private void onClosed() {
            closedAt.add(System.nanoTime());
            closed.countDown();
        }
    }
}
