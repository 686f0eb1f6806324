package waybill.cli.orders;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.json.JSONArray;
import org.json.JSONObject;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// Sockets of the npm client, all in one Node.js process.
final class JavaScriptSocketClients implements SocketClients {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final long ANSWER_WITHIN_SECONDS = 60;

    private final URI hub;
    private final ReceivedEvents received;
    private final Map<Long, CompletableFuture<Object>> pendingAcks = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final ProgramProcess node;

    private JavaScriptSocketClients(URI hub, ReceivedEvents received) {
        this.hub = hub;
        this.received = received;
        node = ProgramProcess.start(Map.of(), PROJECT, List.of("node", "sockets.js"), this::onEvent);
    }

    /// Skips the test without Node.js.
    static JavaScriptSocketClients start(URI hub, ReceivedEvents received) throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        return new JavaScriptSocketClients(hub, received);
    }

    @Override
    public void connect(TestSocket spec) {
        sendCommand(
                "open",
                new JSONObject()
                        .put("socketName", spec.name())
                        .put("url", spec.url(hub).toString())
                        .put("options", spec.options()));
    }

    @Override
    public Object emitWithAck(TestSocket spec, String event, Object... arguments) throws InterruptedException {
        var id = ids.incrementAndGet();
        var ack = new CompletableFuture<Object>();
        pendingAcks.put(id, ack);
        sendCommand(
                "emit",
                new JSONObject()
                        .put("id", id)
                        .put("socketName", spec.name())
                        .put("event", event)
                        .put("args", new JSONArray(arguments)));
        return ack.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void ackEvent(TestSocket spec, String event, Object with) {
        sendCommand(
                "reply",
                new JSONObject()
                        .put("socketName", spec.name())
                        .put("event", event)
                        .put("args", new JSONArray().put(with)));
    }

    /// Stops reading from the network, so that data queues up at the sender.
    void pause(TestSocket spec) {
        sendCommand("pause", new JSONObject().put("socketName", spec.name()));
    }

    void resume(TestSocket spec) {
        sendCommand("resume", new JSONObject().put("socketName", spec.name()));
    }

    @Override
    public void close() {
        node.close();
    }

    private void sendCommand(String command, JSONObject body) {
        node.writeLine(new JSONObject().put(command, body).toString());
    }

    private void onEvent(String line) {
        if (!line.startsWith("{")) {
            System.out.println("node: " + line); // output of Node.js itself
            return;
        }
        var message = new JSONObject(line);
        var arguments = message.getJSONArray("args");
        var waiting = message.has("answer") ? pendingAcks.remove(message.getLong("answer")) : null;
        if (waiting != null) {
            waiting.complete(arguments.opt(0));
        } else {
            received.record(
                    message.getString("socketName"),
                    new ReceivedEvents.ReceivedEvent(message.getString("event"), arguments));
        }
    }
}
