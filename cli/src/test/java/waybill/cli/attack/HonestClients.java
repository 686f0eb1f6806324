package waybill.cli.attack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Clients that stay connected on `/storefront`, send a request twice a second, and record the response times.
final class HonestClients implements AutoCloseable {

    private static final long EVERY_MS = 500;
    private static final long CONNECT_WITHIN_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ConcurrentLinkedQueue<Long> answersNanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> lost = new ConcurrentLinkedQueue<>();
    private final List<Connection> connections = new ArrayList<>();

    /// Connects one client for each token.
    static HonestClients connect(URI hub, List<String> tokens) {
        var clients = new HonestClients();
        for (var token : tokens) {
            clients.connections.add(clients.new Connection(hub, token));
        }
        for (var connection : clients.connections) {
            connection
                    .joined
                    .orTimeout(CONNECT_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
            clients.timer.scheduleAtFixedRate(connection::send, 0, EVERY_MS, TimeUnit.MILLISECONDS);
        }
        return clients;
    }

    /// Restarts the measurement.
    void reset() {
        answersNanos.clear();
    }

    /// The 99th percentile of response times since [#reset], pending responses included.
    long p99Ms() {
        var now = System.nanoTime();
        connections.stream()
                .mapToLong(connection -> connection.sentNanos)
                .filter(asked -> asked != 0)
                .forEach(asked -> answersNanos.add(now - asked));
        var sorted = answersNanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return TimeUnit.NANOSECONDS.toMillis(sorted[(int) (sorted.length * 0.99)]);
    }

    int responses() {
        return answersNanos.size();
    }

    /// How the connections ended that the hub has ended.
    List<String> disconnected() {
        return List.copyOf(lost);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
    }

    private final class Connection implements WebSocket.Listener {

        private final CompletableFuture<Boolean> joined = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final String token;
        private final WebSocket socket;
        private CompletableFuture<?> written = CompletableFuture.completedFuture(true);
        private volatile long sentNanos;

        Connection(URI hub, String token) {
            this.token = token;
            var url = URI.create("ws://" + hub.getAuthority() + "/socket.io/?EIO=4&transport=websocket");
            socket = http.newWebSocketBuilder().buildAsync(url, this).join();
        }

        /// Sends a request, unless the last one is pending.
        void send() {
            if (sentNanos == 0) {
                sentNanos = System.nanoTime();
                write(socket, "42/storefront,1[\"ping\"]");
            }
        }

        /// Behind what is being sent, since a WebSocket of the JDK takes no message as long as another is on its way.
        private synchronized void write(WebSocket socket, String packet) {
            written = written.handle((_, _) -> true).thenCompose(_ -> socket.sendText(packet, true));
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                take(socket, text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(WebSocket socket, String packet) {
            if (packet.startsWith("0{")) {
                write(socket, "40/storefront,{\"token\":\"" + token + "\"}");
            } else if (packet.equals("2")) {
                write(socket, "3");
            } else if (packet.startsWith("40/storefront")) {
                joined.complete(true);
            } else if (packet.startsWith("44/storefront")) {
                joined.completeExceptionally(new IllegalStateException(packet));
            } else if (packet.startsWith("43/storefront,1")) {
                answersNanos.add(System.nanoTime() - sentNanos);
                sentNanos = 0;
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            lost.add("closed with " + status + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            lost.add(error.toString());
        }
    }
}
