package waybill.cli.caps;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.json.JSONObject;

/// The line to a real hub, on the official Socket.IO client. It comes back by itself, also when the hub hung up on
/// purpose.
///
/// Lives on an [ClientThread]: whatever the client's own threads hear is handed to it.
public final class SocketConnection implements Connection, AutoCloseable {

    private static final Duration RECONNECT_MIN = Duration.ofMillis(200);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(2);
    private static final List<String> EVENTS = List.of("pickup", "in-transit", "delivered");

    private final Socket socket;
    private final ClientThread thread;
    private final String hub;
    private final Consumer<ClientEvent> listener;

    /// A line to the `/caps` namespace of the hub behind `door`, down until [#connect].
    public SocketConnection(
            Endpoint endpoint, Map<String, String> query, ClientThread thread, Consumer<ClientEvent> tell) {
        this.thread = thread;
        this.listener = tell;
        hub = endpoint.hub().toString();
        socket = IO.socket(endpoint.hub().resolve("/caps"), options(endpoint.token(), query));
    }

    /// Starts to connect, and tells `app` what comes of it.
    public void connect(HubClient app) {
        socket.on(
                Socket.EVENT_CONNECT,
                _ -> thread.execute(() -> {
                    listener.accept(new ClientEvent.Connected(hub));
                    app.onConnect();
                }));
        socket.on(
                Socket.EVENT_DISCONNECT,
                arguments -> thread.execute(() -> {
                    app.onDisconnect();
                    listener.accept(new ClientEvent.Disconnected(String.valueOf(arguments[0])));
                    if ("io server disconnect".equals(arguments[0])) {
                        thread.schedule(RECONNECT_MIN, socket::connect); // the client leaves this one to its user
                    }
                }));
        socket.on(
                Socket.EVENT_CONNECT_ERROR,
                arguments ->
                        thread.execute(() -> onConnectError(arguments.length > 0 ? arguments[0] : "no reason given")));
        for (var event : EVENTS) {
            socket.on(event, arguments -> {
                if (arguments.length > 0 && arguments[0] instanceof JSONObject message) {
                    thread.execute(() -> app.onEvent(event, message));
                }
            });
        }
        socket.connect();
    }

    @Override
    public void send(String event, JSONObject body, Consumer<AckResult> answered) {
        Ack ack = arguments -> {
            var result = AckResult.of(arguments.length > 0 ? arguments[0] : null);
            thread.execute(() -> answered.accept(result));
        };
        socket.emit(event, new Object[] {body}, ack);
    }

    @Override
    public void close() {
        socket.close();
    }

    /// A connection that fails is tried again by the client. One that the hub refuses is not: it depends on why.
    private void onConnectError(Object why) {
        if (!(why instanceof JSONObject refusal)) {
            listener.accept(new ClientEvent.Disconnected(reason(why)));
            return;
        }
        var message = refusal.optString("message", refusal.toString());
        var data = Objects.requireNonNullElseGet(refusal.optJSONObject("data"), JSONObject::new);
        if (data.has("retryAfterMs")) {
            listener.accept(new ClientEvent.Disconnected(message));
            thread.schedule(Duration.ofMillis(data.optLong("retryAfterMs")), socket::connect);
        } else {
            listener.accept(new ClientEvent.AccessDenied(data.optString("code"), message));
        }
    }

    private static String reason(Object why) {
        var root = why;
        while (root instanceof Throwable failure && failure.getCause() != null) {
            root = failure.getCause();
        }
        return root instanceof Throwable failure
                ? Objects.toString(failure.getMessage(), failure.toString())
                : why.toString();
    }

    private static IO.Options options(Optional<String> token, Map<String, String> query) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setReconnectionDelay(RECONNECT_MIN.toMillis())
                .setReconnectionDelayMax(RECONNECT_MAX.toMillis())
                .setQuery(query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
        token.ifPresent(text -> options.setAuth(Map.of("token", text)));
        return options.build();
    }
}
