package waybill.cli.training;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// A client of one namespace with the part of Socket.IO that a training run needs. Confined to one thread.
final class TrainingClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final WebSocket socket;
    private final String namespace;
    private final PacketCollector collector;

    private TrainingClient(WebSocket socket, String namespace, PacketCollector collector) {
        this.socket = socket;
        this.namespace = namespace;
        this.collector = collector;
    }

    /// Connects and joins the namespace.
    static TrainingClient connect(HttpClient http, URI hub, String query, String namespace, String token)
            throws InterruptedException {
        var collector = new PacketCollector();
        var socket = http.newWebSocketBuilder()
                .connectTimeout(TIMEOUT)
                .buildAsync(
                        URI.create("ws" + hub.toString().substring("http".length())
                                + "/socket.io/?EIO=4&transport=websocket" + query),
                        collector)
                .join();
        var client = new TrainingClient(socket, namespace.equals("/") ? "" : namespace + ",", collector);
        client.send("40", new JSONObject().put("token", token).toString());
        client.await("40");
        return client;
    }

    void emit(String eventAndArguments) {
        send("42", eventAndArguments);
    }

    private void send(String type, String text) {
        socket.sendText(type + namespace + text, true).join();
    }

    /// Waits for an event; earlier events are skipped.
    void awaitEvent(String event) throws InterruptedException {
        await("42", "[\"" + event + "\"");
    }

    private void await(String type) throws InterruptedException {
        await(type, "");
    }

    private void await(String type, String beginning) throws InterruptedException {
        var expected = type + namespace + beginning;
        var received = new ArrayList<String>();
        while (true) {
            var packet = collector.packets.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (packet == null) {
                throw new IllegalStateException("the hub sent: " + received + " (expected: " + expected + ")");
            }
            if (packet.startsWith(expected)) {
                return;
            }
            received.add(packet);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /// Collects whole messages.
    private static final class PacketCollector implements WebSocket.Listener {

        private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
        private final List<CharSequence> parts = new ArrayList<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
            parts.add(text);
            if (isLast) {
                packets.add(String.join("", parts));
                parts.clear();
            }
            socket.request(1);
            return null;
        }
    }
}
