package waybill.cli.simulation;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.ClientThread;
import waybill.cli.traffic.SocketThreads;

/// The socket of a user, by the official client. It connects again whenever it is cut, answers what asks for an ack,
/// and
/// records which events it has received. Guarded by its monitor.
final class RecordedSocket implements AutoCloseable {

    /// The event of the backend that goes to all clients, or to a role.
    static final String NOTICE = "simulation:notice";

    private static final Duration RECONNECT_AFTER = Duration.ofMillis(200);
    private static final Duration RECONNECT_MAX = Duration.ofSeconds(2);
    private static final JSONObject RECEIVED = new JSONObject();

    private final SimulatedUser user;
    private final Observations observations;
    private final ClientThread timer;
    private final Socket socket;
    private final Map<String, String> auth = new ConcurrentHashMap<>();
    private final boolean sendsSince;
    private final Map<Long, String> statuses = new HashMap<>(); // order and status by event id
    private final Set<Long> received = new HashSet<>();
    private final Set<String> onConnection = new HashSet<>(); // names and ids
    private long newestOnConnection;
    private boolean hasGap;

    /// @param sendsSince whether it names its last event when it connects, or leaves it to the hub to know
    RecordedSocket(
            SimulatedUser user,
            URI hub,
            String token,
            boolean sendsSince,
            Observations observations,
            ClientThread timer,
            SocketThreads threads) {
        this.user = user;
        this.observations = observations;
        this.timer = timer;
        this.sendsSince = sendsSince;
        auth.put("token", token);
        var options = IO.Options.builder()
                .setForceNew(true)
                .setTransports(new String[] {"websocket"})
                .setReconnectionDelay(RECONNECT_AFTER.toMillis())
                .setReconnectionDelayMax(RECONNECT_MAX.toMillis())
                .setRandomizationFactor(0) // all connect again at once after a storm
                .setAuth(auth)
                .build();
        options.webSocketFactory = threads.client();
        options.callFactory = threads.client();
        socket = IO.socket(hub.resolve(user.dialect().namespace), options);
    }

    SimulatedUser user() {
        return user;
    }

    void connect() {
        socket.on(Socket.EVENT_CONNECT, _ -> onConnect());
        socket.on(Socket.EVENT_DISCONNECT, arguments -> {
            if ("io server disconnect".equals(arguments[0])) { // the client does not reconnect in this case
                timer.schedule(RECONNECT_AFTER, socket::connect);
            }
        });
        socket.on(Socket.EVENT_CONNECT_ERROR, arguments -> {
            if (arguments.length > 0 && arguments[0] instanceof JSONObject rejection) {
                onRejected(rejection);
            }
        });
        socket.onAnyIncoming(arguments -> {
            var ack = arguments[arguments.length - 1] instanceof Ack answer ? answer : null;
            if (ack != null) {
                ack.call(RECEIVED);
            }
            if (arguments.length > 1 && arguments[1] instanceof JSONObject data) {
                onEvent((String) arguments[0], data, ack != null);
            }
        });
        socket.connect();
    }

    boolean isConnected() {
        return socket.connected();
    }

    /// Emits an event if the socket is connected; otherwise the answer does not come.
    void emit(String event, JSONObject payload, Consumer<JSONObject> onAnswer) {
        if (socket.connected()) {
            Ack ack = answer -> {
                if (answer.length > 0 && answer[0] instanceof JSONObject body) {
                    onAnswer.accept(body);
                }
            };
            socket.emit(event, new Object[] {payload}, ack);
        }
    }

    synchronized boolean hasGap() {
        return hasGap;
    }

    synchronized boolean hasReceived(long eventId) {
        return received.contains(eventId);
    }

    /// The statuses that it was told of, as `ORDER STATUS`, by the ids of their events.
    synchronized Map<Long, String> statuses() {
        return Map.copyOf(statuses);
    }

    @Override
    public void close() {
        socket.close();
    }

    private synchronized void onConnect() {
        observations.count("connections");
        onConnection.clear();
        newestOnConnection = 0;
    }

    private void onRejected(JSONObject rejection) {
        var data = rejection.optJSONObject("data", new JSONObject());
        var code = data.optString("code");
        if (!code.equals("unavailable") && !code.equals("rate_limited")) {
            observations.violation(user + " was rejected: " + rejection);
        }
        timer.schedule(
                Duration.ofMillis(data.optLong("retryAfterMs", RECONNECT_AFTER.toMillis())),
                socket::connect); // rejected, the client tries no more
    }

    /// What asks for an ack is sent again until it is answered; the rest comes once on a connection, in the order of
    /// the
    /// log.
    private synchronized void onEvent(String event, JSONObject data, boolean asksForAck) {
        observations.count("events received");
        if (event.equals("sync:gap")) {
            observations.count("gaps");
            hasGap = true;
        }
        var id = user.dialect().eventId(data);
        if (id == 0) {
            return;
        }
        if (!asksForAck) {
            if (!onConnection.add(event + " " + id)) {
                observations.violation(user + " received " + event + " of event " + id + " twice on one connection");
            }
            if (id < newestOnConnection) {
                observations.violation(
                        user + " received event " + id + " after event " + newestOnConnection + ": " + event);
            }
            newestOnConnection = Math.max(newestOnConnection, id);
        }
        if (event.equals(user.dialect().status)) {
            received.add(id);
            statuses.put(id, user.dialect().order(data) + " " + data.optString("status"));
        } else if (event.equals(NOTICE)) {
            received.add(id);
        }
        if (sendsSince && newestOnConnection > 1) {
            auth.put("since", Long.toString(newestOnConnection - 1));
        }
    }
}
