package waybill.server.identity;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;

/// The official client. The events that it received are queued as text, `event payload`, until a test takes them.
public final class TestSocketClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;
    private static final List<String> EVENTS =
            List.of("auth:expiring", "auth:expired", "auth:revoked", "error", "hello");

    private final Socket socket;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private TestSocketClient(Socket socket) {
        this.socket = socket;
    }

    /// Knocks, with what a client may bring along. The first that is [#nextEvent] is what came of it.
    public static TestSocketClient connect(
            InetSocketAddress address, String namespace, Map<String, String> auth, String query, String header) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(auth)
                .setQuery(query)
                .setTransports(new String[] {"websocket"})
                .setExtraHeaders(header.isEmpty() ? Map.of() : Map.of("Authorization", List.of(header)))
                .build();
        var uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + namespace);
        var visitor = new TestSocketClient(IO.socket(uri, options));
        visitor.socket.on(Socket.EVENT_CONNECT, _ -> visitor.heard.add("connected"));
        visitor.socket.on(Socket.EVENT_CONNECT_ERROR, args -> visitor.heard.add("refused " + args[0]));
        visitor.socket.on(Socket.EVENT_DISCONNECT, args -> visitor.heard.add("disconnected " + args[0]));
        for (var event : EVENTS) {
            visitor.socket.on(event, args -> visitor.heard.add(event + " " + args[0]));
        }
        visitor.socket.connect();
        return visitor;
    }

    /// Knocks with a token as `auth.token`.
    public static TestSocketClient connectWithToken(InetSocketAddress address, String namespace, String token) {
        return connect(address, namespace, Map.of("token", token), "", "");
    }

    /// The next thing that happened to it.
    public String nextEvent() {
        try {
            var next = heard.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("heard nothing");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Says something and waits for the answer.
    public JSONObject emitWithAck(String event, Object payload) {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(event, new Object[] {payload}, (Ack) args -> answer.complete((JSONObject) args[0]));
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    public void emit(String event, Object payload) {
        socket.emit(event, payload);
    }

    @Override
    public void close() {
        socket.close();
    }

    public static JSONObject json(String name, Object value) {
        try {
            return new JSONObject().put(name, value);
        } catch (JSONException e) {
            throw new AssertionError(e);
        }
    }
}
