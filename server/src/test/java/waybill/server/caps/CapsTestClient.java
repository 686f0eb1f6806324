package waybill.server.caps;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONException;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;

/// A client of `/caps` as its users have it: the official one, with what it heard kept until a test asks.
public final class CapsTestClient implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 60;

    /// An event that was heard, and its payload.
    public record ReceivedEvent(String event, JSONObject payload) {

        public String text(String name) {
            return payload.optString(name);
        }

        JSONObject order() {
            try {
                return payload.getJSONObject("order");
            } catch (JSONException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Socket socket;
    private final BlockingQueue<ReceivedEvent> received = new LinkedBlockingQueue<>();

    private final CompletableFuture<@Nullable Void> disconnected = new CompletableFuture<>();

    private CapsTestClient(Socket socket) {
        this.socket = socket;
    }

    /// Connects, and waits until it is so. `query` is what stands behind the question mark.
    public static CapsTestClient connect(InetSocketAddress address, String query) {
        var socket = open(address, query);
        var connected = new CompletableFuture<String>();
        socket.socket.on(Socket.EVENT_CONNECT, _ -> connected.complete(""));
        socket.socket.on(Socket.EVENT_CONNECT_ERROR, args -> connected.complete(String.valueOf(args[0])));
        socket.socket.connect();
        var error = connected.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
        if (!error.isEmpty()) {
            throw new IllegalStateException(error);
        }
        return socket;
    }

    private static CapsTestClient open(InetSocketAddress address, String query) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setReconnection(false)
                .setQuery(query)
                .setTransports(new String[] {"websocket"})
                .build();
        var uri = URI.create("http://" + address.getHostString() + ":" + address.getPort() + "/caps");
        var socket = new CapsTestClient(IO.socket(uri, options));
        socket.socket.on(Socket.EVENT_DISCONNECT, _ -> socket.disconnected.complete(null));
        for (var event : List.of("pickup", "in-transit", "delivered", "error")) {
            socket.socket.on(event, args -> socket.received.add(new ReceivedEvent(event, (JSONObject) args[0])));
        }
        return socket;
    }

    public String id() {
        return socket.id();
    }

    /// Says something and waits for the answer.
    public JSONObject emitWithAck(String event, Object payload) {
        return emitAsync(event, payload).join();
    }

    CompletableFuture<JSONObject> emitAsync(String event, Object payload) {
        var answer = new CompletableFuture<JSONObject>();
        socket.emit(event, new Object[] {payload}, (Ack) args -> answer.complete((JSONObject) args[0]));
        return answer.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    public void emit(String event, Object payload) {
        socket.emit(event, payload);
    }

    /// The next thing it hears.
    public ReceivedEvent nextEvent() {
        try {
            var said = received.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (said == null) {
                throw new AssertionError("heard nothing");
            }
            return said;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What it has heard up to now. Everything that was sent to it before the answer to this question is in it.
    public List<ReceivedEvent> receivedEvents() {
        var nothing = json("clientId", "no-store", "event", "pickup", "messageId", "none");
        emitWithAck("received", nothing);
        emitWithAck("received", nothing); // a loop hears what was said before it runs what others have handed to it
        var all = new ArrayList<ReceivedEvent>();
        received.drainTo(all);
        return all;
    }

    void awaitDisconnect() {
        disconnected.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.close();
    }

    public static JSONObject json(Object... namesAndValues) {
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
