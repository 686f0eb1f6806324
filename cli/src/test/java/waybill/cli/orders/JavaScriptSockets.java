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
import waybill.cli.Node;
import waybill.cli.Program;

/// Sockets of the npm client, all in one Node.js process.
final class JavaScriptSockets implements Sockets {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final long ANSWER_WITHIN_SECONDS = 60;

    private final URI hub;
    private final Notes notes;
    private final Map<Long, CompletableFuture<Object>> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Program node;

    private JavaScriptSockets(URI hub, Notes notes) {
        this.hub = hub;
        this.notes = notes;
        node = Program.start(Map.of(), PROJECT, List.of("node", "sockets.js"), this::hear);
    }

    /// Skips the test where there is no Node.js.
    static JavaScriptSockets start(URI hub, Notes notes) throws IOException, InterruptedException {
        Node.require(PROJECT);
        return new JavaScriptSockets(hub, notes);
    }

    @Override
    public void open(Seat seat) {
        tell(
                "open",
                new JSONObject()
                        .put("seat", seat.name())
                        .put("url", seat.url(hub).toString())
                        .put("options", seat.options()));
    }

    @Override
    public Object ask(Seat seat, String event, Object... arguments) throws InterruptedException {
        var id = ids.incrementAndGet();
        var answer = new CompletableFuture<Object>();
        unanswered.put(id, answer);
        tell(
                "emit",
                new JSONObject()
                        .put("id", id)
                        .put("seat", seat.name())
                        .put("event", event)
                        .put("args", new JSONArray(arguments)));
        return answer.orTimeout(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void answer(Seat seat, String event, Object with) {
        tell(
                "reply",
                new JSONObject().put("seat", seat.name()).put("event", event).put("args", new JSONArray().put(with)));
    }

    /// Stops to read from the network, so that what is sent there piles up at its sender.
    void pause(Seat seat) {
        tell("pause", new JSONObject().put("seat", seat.name()));
    }

    void resume(Seat seat) {
        tell("resume", new JSONObject().put("seat", seat.name()));
    }

    @Override
    public void close() {
        node.close();
    }

    private void tell(String command, JSONObject body) {
        node.say(new JSONObject().put(command, body).toString());
    }

    private void hear(String line) {
        if (!line.startsWith("{")) {
            System.out.println("node: " + line); // what Node.js itself has to say
            return;
        }
        var said = new JSONObject(line);
        var arguments = said.getJSONArray("args");
        var waiting = said.has("answer") ? unanswered.remove(said.getLong("answer")) : null;
        if (waiting != null) {
            waiting.complete(arguments.opt(0));
        } else {
            notes.heard(said.getString("seat"), new Notes.Note(said.getString("event"), arguments));
        }
    }
}
