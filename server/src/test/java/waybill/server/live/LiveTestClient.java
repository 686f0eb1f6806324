package waybill.server.live;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// A client of any namespace as its users have it: the official one, which queues received events until a test takes
/// them.
public final class LiveTestClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    /// A received event with its payload, and its ack if one is requested.
    public record ReceivedEvent(
            String event, JSONObject payload, @Nullable Ack ack) {

        String text(String name) {
            return payload.optString(name);
        }

        public void answer(Object... args) {
            if (ack == null) {
                throw new AssertionError(event + ": no answer is wanted");
            }
            ack.call(args);
        }
    }

    /// The client's own one opens 64 WebSockets at a time and no more.
    private static final int SOCKETS_MAX = 1_000;

    private static final OkHttpClient HTTP = http();

    private final Socket socket;
    private final BlockingQueue<ReceivedEvent> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<@Nullable Void> disconnected = new CompletableFuture<>();
    private final CompletableFuture<JSONObject> outcome = new CompletableFuture<>();

    private LiveTestClient(Socket socket) {
        this.socket = socket;
        socket.on(Socket.EVENT_CONNECT, _ -> outcome.complete(new JSONObject()));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                args -> outcome.complete(
                        args[0] instanceof JSONObject error ? error : json("message", String.valueOf(args[0]))));
        socket.on(Socket.EVENT_DISCONNECT, _ -> disconnected.complete(null));
        socket.onAnyIncoming(this::take);
        socket.connect();
    }

    private void take(Object... args) {
        var payload = args.length > 1 && args[1] instanceof JSONObject object ? object : new JSONObject();
        var ack = args.length > 1 && args[args.length - 1] instanceof Ack wanted ? wanted : null;
        received.add(new ReceivedEvent((String) args[0], payload, ack));
    }

    private static OkHttpClient http() {
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(SOCKETS_MAX);
        dispatcher.setMaxRequestsPerHost(SOCKETS_MAX);
        return new OkHttpClient.Builder().dispatcher(dispatcher).build();
    }

    private static LiveTestClient open(
            InetSocketAddress address, String namespace, Map<String, String> auth, String query) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .setQuery(query)
                .setTransports(new String[] {"websocket"})
                .build();
        options.callFactory = HTTP;
        options.webSocketFactory = HTTP;
        var uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + namespace);
        return new LiveTestClient(IO.socket(uri, options));
    }

    /// Connects, and waits until it is so. `query` is what stands behind the question mark.
    public static LiveTestClient connect(
            InetSocketAddress address, String namespace, Map<String, String> auth, String query) {
        var socket = open(address, namespace, auth, query);
        var error = socket.outcome();
        if (error.length() > 0) {
            throw new AssertionError(error);
        }
        return socket;
    }

    /// Tries to connect, and tells why that may not be.
    public static JSONObject connectError(
            InetSocketAddress address, String namespace, Map<String, String> auth, String query) {
        try (var socket = open(address, namespace, auth, query)) {
            var error = socket.outcome();
            if (error.length() == 0) {
                throw new AssertionError("let into " + namespace);
            }
            return error;
        }
    }

    /// Whether it is let in; then it leaves again.
    static boolean isAdmitted(InetSocketAddress address, String namespace, Map<String, String> auth) {
        try (var socket = open(address, namespace, auth, "")) {
            return socket.outcome().length() == 0;
        }
    }

    private JSONObject outcome() {
        return outcome.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    String id() {
        return socket.id();
    }

    /// Says something and waits for the answer.
    JSONObject emitWithAck(String event, Object payload) {
        return emitAsync(event, payload).join();
    }

    public CompletableFuture<JSONObject> emitAsync(String event, Object payload) {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(event, new Object[] {payload}, args -> answer.complete((JSONObject) args[0]));
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /// The same of which an error is expected.
    JSONObject error(String event, Object payload) {
        var answer = emitWithAck(event, payload);
        if (answer.optBoolean("ok")) {
            throw new AssertionError(event + ": " + answer);
        }
        return answer.optJSONObject("error", new JSONObject());
    }

    public void emit(String event, Object payload) {
        socket.emit(event, payload);
    }

    /// The next received event.
    public ReceivedEvent nextEvent() {
        try {
            var next = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("heard nothing");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// The next event of that name; those received before are skipped.
    ReceivedEvent nextEvent(String event) {
        for (var next = nextEvent(); ; next = nextEvent()) {
            if (next.event().equals(event)) {
                return next;
            }
        }
    }

    /// The events received up to now. What was on its way to it is in it: an event loop that wakes up reads
    /// first what its sockets say, and only then says what it was asked to, so the second question comes
    /// behind that.
    List<ReceivedEvent> receivedEvents() {
        emitWithAck("is there anybody?", "");
        emitWithAck("is there anybody?", "");
        var all = new ArrayList<ReceivedEvent>();
        received.drainTo(all);
        return all;
    }

    List<String> receivedEventNames() {
        return receivedEvents().stream().map(ReceivedEvent::event).toList();
    }

    void awaitDisconnect() {
        disconnected.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.close();
    }

    static JSONObject json(Object... namesAndValues) {
        var json = new JSONObject();
        try {
            for (var i = 0; i < namesAndValues.length; i += 2) {
                json.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
        } catch (JSONException e) {
            throw new AssertionError(e);
        }
        return json;
    }
}
