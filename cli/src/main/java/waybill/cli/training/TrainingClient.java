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

/// A client of one namespace, of as much Socket.IO as a training run needs. Belongs to one thread.
final class TrainingClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final WebSocket socket;
    private final String namespace;
    private final Ear ear;

    private TrainingClient(WebSocket socket, String namespace, Ear ear) {
        this.socket = socket;
        this.namespace = namespace;
        this.ear = ear;
    }

    /// Connects, and has been let into the namespace.
    static TrainingClient connect(HttpClient http, URI hub, String query, String namespace, String token)
            throws InterruptedException {
        var ear = new Ear();
        var socket = http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(
                        URI.create("ws" + hub.toString().substring("http".length())
                                + "/socket.io/?EIO=4&transport=websocket" + query),
                        ear)
                .join();
        var member = new TrainingClient(socket, namespace.equals("/") ? "" : namespace + ",", ear);
        member.send("40", new JSONObject().put("token", token).toString());
        member.await("40");
        return member;
    }

    void say(String eventAndArguments) {
        send("42", eventAndArguments);
    }

    private void send(String type, String text) {
        socket.sendText(type + namespace + text, true).join();
    }

    /// Waits for an event; what comes before it is not looked at.
    void awaitEvent(String event) throws InterruptedException {
        await("42", "[\"" + event + "\"");
    }

    private void await(String type) throws InterruptedException {
        await(type, "");
    }

    private void await(String type, String beginning) throws InterruptedException {
        var wanted = type + namespace + beginning;
        var heard = new ArrayList<String>();
        while (true) {
            var packet = ear.packets.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (packet == null) {
                throw new IllegalStateException("the hub said: " + heard + " (expected: " + wanted + ")");
            }
            if (packet.startsWith(wanted)) {
                return;
            }
            heard.add(packet);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /// Collects whole messages.
    private static final class Ear implements WebSocket.Listener {

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
