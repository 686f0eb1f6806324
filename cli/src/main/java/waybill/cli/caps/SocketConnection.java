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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.json.JSONObject;

/// A connection to a hub by the official Socket.IO client. It reconnects automatically, also after the hub closed it.
///
/// Confined to a [ClientThread], to which the callbacks of the client's own threads are passed.
public final class SocketConnection implements Connection, AutoCloseable {

    private static final Duration RECONNECT_MIN = Duration.ofMillis(200);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(2);
    private static final List<String> EVENTS = List.of("pickup", "in-transit", "delivered");

    private final Socket socket;
    private final ClientThread thread;
    private final String hub;
    private final Consumer<ClientEvent> listener;

    /// A connection to the `/caps` namespace, closed until [#connect].
    public SocketConnection(
            Endpoint endpoint, Map<String, String> query, ClientThread thread, Consumer<ClientEvent> listener) {
        this.thread = thread;
        this.listener = listener;
        hub = endpoint.hub().toString();
        socket = IO.socket(endpoint.hub().resolve("/caps"), options(endpoint, query));
    }

    /// Starts to connect and passes events to `app`.
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
                        thread.schedule(
                                RECONNECT_MIN, socket::connect); // the Socket.IO client does not reconnect in this case
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
    public void send(String event, JSONObject body, Consumer<AckResult> onAck) {
        Ack ack = arguments -> {
            var result = AckResult.of(arguments.length > 0 ? arguments[0] : null);
            thread.execute(() -> onAck.accept(result));
        };
        socket.emit(event, new Object[] {body}, ack);
    }

    @Override
    public void close() {
        socket.close();
    }

    /// The client retries a failed connection, but not one that the hub rejects.
    private void onConnectError(Object cause) {
        if (!(cause instanceof JSONObject rejection)) {
            listener.accept(new ClientEvent.Disconnected(reason(cause)));
            return;
        }
        var message = rejection.optString("message", rejection.toString());
        var data = Objects.requireNonNullElseGet(rejection.optJSONObject("data"), JSONObject::new);
        if (data.has("retryAfterMs")) {
            listener.accept(new ClientEvent.Disconnected(message));
            thread.schedule(Duration.ofMillis(data.optLong("retryAfterMs")), socket::connect);
        } else {
            listener.accept(new ClientEvent.AccessDenied(data.optString("code"), message));
        }
    }

    private static String reason(Object cause) {
        var root = cause;
        while (root instanceof Throwable failure && failure.getCause() != null) {
            root = failure.getCause();
        }
        return root instanceof Throwable failure
                ? Objects.toString(failure.getMessage(), failure.toString())
                : cause.toString();
    }

    private static IO.Options options(Endpoint endpoint, Map<String, String> query) {
        var options = IO.Options.builder()
                .setForceNew(true)
                .setPath(endpoint.socketPath())
                .setTransports(new String[] {"websocket"})
                .setReconnectionDelay(RECONNECT_MIN.toMillis())
                .setReconnectionDelayMax(RECONNECT_MAX.toMillis())
                .setQuery(query.entrySet().stream()
                        .map(entry ->
                                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")));
        endpoint.token().ifPresent(text -> options.setAuth(Map.of("token", text)));
        return options.build();
    }
}
