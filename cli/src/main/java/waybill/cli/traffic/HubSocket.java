package waybill.cli.traffic;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.ClientThread;

/// A connection to `/marketplace` by the official Socket.IO client. It reconnects until it is closed, also after the
/// hub closed it.
///
/// Confined to a [ClientThread], to which the callbacks of the client's own threads are passed.
final class HubSocket implements AutoCloseable {

    private static final Duration RECONNECT_MIN = Duration.ofMillis(500);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(3);
    private static final List<String> EVENTS =
            List.of("merchant:new_order", "order:status_update", "delivery:new_request", "delivery:request_closed");

    /// What its owner does with what comes.
    interface Listener {

        void onConnect();

        void onDisconnect();

        /// An event of [#EVENTS].
        ///
        /// @param ack answers an event that requests it; otherwise it does nothing
        void onEvent(String event, JSONObject body, Consumer<JSONObject> ack);
    }

    private final Socket socket;
    private final ClientThread thread;

    HubSocket(URI hub, String token, ClientThread thread, SocketThreads threads) {
        this.thread = thread;
        var options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setReconnectionDelay(RECONNECT_MIN.toMillis())
                .setReconnectionDelayMax(RECONNECT_MAX.toMillis())
                .setAuth(Map.of("token", token))
                .build();
        options.webSocketFactory = threads.client();
        options.callFactory = threads.client();
        socket = IO.socket(hub.resolve("/marketplace"), options);
    }

    void connect(Listener listener) {
        socket.on(Socket.EVENT_CONNECT, _ -> thread.execute(listener::onConnect));
        socket.on(
                Socket.EVENT_DISCONNECT,
                arguments -> thread.execute(() -> {
                    listener.onDisconnect();
                    if ("io server disconnect".equals(arguments[0])) {
                        thread.schedule(RECONNECT_MAX, socket::connect); // the client does not reconnect in this case
                    }
                }));
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> {
            if (arguments.length > 0 && arguments[0] instanceof JSONObject) { // rejected: the client tries no more
                thread.schedule(RECONNECT_MAX, socket::connect);
            }
        });
        for (var event : EVENTS) {
            socket.on(event, arguments -> {
                if (arguments.length > 0 && arguments[0] instanceof JSONObject body) {
                    Consumer<JSONObject> ack =
                            arguments[arguments.length - 1] instanceof Ack answer ? answer::call : _ -> {};
                    thread.execute(() -> listener.onEvent(event, body, ack));
                }
            });
        }
        socket.connect();
    }

    void emit(String event, JSONObject body) {
        if (socket.connected()) { // or it would be sent late: positions are not
            socket.emit(event, body);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
