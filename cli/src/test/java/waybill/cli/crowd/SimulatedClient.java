package waybill.cli.crowd;

import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.json.JSONObject;
import waybill.cli.orders.TestSocket;

/// A client: a socket, a thread for its actions, and its reactions to events. It reconnects automatically and then
/// syncs its missed events.
abstract class SimulatedClient implements AutoCloseable {

    private static final long RECONNECT_MIN_MS = 50;
    private static final long RECONNECT_MAX_MS = 500;
    private static final Set<String> STATUS = Set.of("order:status_update", "order:status:update");

    final TestSocket socketSpec;
    final Simulation simulation;
    final SplittableRandom random;
    private final Socket socket;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final Map<Long, CompletableFuture<JSONObject>> pendingAcks = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Set<String> received = new HashSet<>();

    /// The newest event received, and the sequence up to which all are received.
    private long newest;

    private long since;
    private boolean isInStep;

    SimulatedClient(TestSocket spec, URI hub, Simulation crowd, SplittableRandom random) {
        this.socketSpec = spec;
        this.simulation = crowd;
        this.random = random;
        socket = IO.socket(
                spec.url(hub),
                IO.Options.builder()
                        .setForceNew(true)
                        .setTransports(new String[] {"websocket"})
                        .setReconnectionDelay(RECONNECT_MIN_MS)
                        .setReconnectionDelayMax(RECONNECT_MAX_MS)
                        .setAuth(spec.auth())
                        .setQuery(spec.queryText())
                        .build());
    }

    /// Called once for every event, on the client's thread.
    abstract void onEvent(String event, JSONObject body) throws InterruptedException;

    SimulatedClient connect() {
        socket.on(Socket.EVENT_CONNECT, _ -> {
            var connection = connections.incrementAndGet();
            enqueue(() -> {
                if (connections.get() == connection) { // or there is a newer one already, for which the same follows
                    requestMissed();
                }
            });
        });
        socket.on(Socket.EVENT_DISCONNECT, _ -> {
            enqueue(() -> isInStep = false);
            pendingAcks.values().forEach(response -> response.completeExceptionally(new IOException("disconnected")));
        });
        socket.onAnyIncoming(arguments -> {
            if (arguments[arguments.length - 1] instanceof Ack ack) {
                ack.call();
            }
            if (arguments.length > 1 && arguments[1] instanceof JSONObject body) {
                enqueue(() -> receive((String) arguments[0], body));
            }
        });
        socket.connect();
        return this;
    }

    @Override
    public void close() {
        socket.close();
        thread.close();
    }

    /// An action.
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    /// Runs an action after all earlier ones.
    final void enqueue(Task task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (InterruptedException | RuntimeException | AssertionError failure) {
                    simulation.state().check(false, socketSpec.name() + ": " + failure);
                }
            });
        } catch (RejectedExecutionException _) {
            // closed
        }
    }

    /// Requests the missed events.
    void requestMissed() {
        var from = since;
        Ack ack = arguments -> enqueue(() -> {
            var response = (JSONObject) arguments[0];
            var isAll = response.optBoolean("ok") && response.optBoolean("complete");
            simulation.state().check(isAll, socketSpec.name() + " lost events after " + from + ": " + response);
            if (isAll) {
                for (var missed : response.getJSONArray("events")) {
                    var one = (JSONObject) missed;
                    receive(one.getString("event"), one.getJSONObject("data"));
                }
                isInStep = true;
                since = newest;
            }
        });
        socket.emit("sync", new Object[] {new JSONObject().put("since", from)}, ack);
    }

    private void receive(String event, JSONObject body) throws InterruptedException {
        var id = body.optLong("eventId", body.optLong("event_id"));
        newest = Math.max(newest, id);
        since = isInStep ? newest : since;
        if (id != 0 && !received.add(event + ' ' + id)) {
            return;
        }
        if (STATUS.contains(event)) {
            simulation
                    .state()
                    .received(
                            socketSpec.name(),
                            new ObservedState.StateChange(order(body), body.getString("status"), id));
        }
        onEvent(event, body);
    }

    /// The order of an event, in any dialect.
    static String order(JSONObject body) {
        return body.optString("orderId", body.optString("order_id"));
    }

    /// Emits an event and waits for the ack. Empty when the hub went down before.
    final Optional<JSONObject> emitWithAck(String event, JSONObject body) {
        var response = new CompletableFuture<JSONObject>();
        var number = asked.incrementAndGet();
        pendingAcks.put(number, response);
        Ack ack = arguments -> response.complete((JSONObject) arguments[0]);
        socket.emit(event, new Object[] {body}, ack);
        var arguments = response.handle(
                        (value, thrown) -> thrown == null ? Optional.of(value) : Optional.<JSONObject>empty())
                .join();
        pendingAcks.remove(number);
        return arguments;
    }
}
