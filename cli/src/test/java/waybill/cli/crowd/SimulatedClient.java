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

/// One of the clients: a socket, a thread for all that it does, and what it does when it hears of something. It comes
/// back by itself, and then asks for what it has missed.
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

    /// The newest event that it has heard, and up to which it has heard all.
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

    /// Is told of every event once, on the member's thread.
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
            pendingAcks.values().forEach(answer -> answer.completeExceptionally(new IOException("disconnected")));
        });
        socket.onAnyIncoming(said -> {
            if (said[said.length - 1] instanceof Ack ack) {
                ack.call();
            }
            if (said.length > 1 && said[1] instanceof JSONObject body) {
                enqueue(() -> receive((String) said[0], body));
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

    /// Something to be done.
    @FunctionalInterface
    interface Task {
        void run() throws InterruptedException;
    }

    /// Does it after all that was to be done before.
    final void enqueue(Task deed) {
        try {
            thread.execute(() -> {
                try {
                    deed.run();
                } catch (InterruptedException | RuntimeException | AssertionError failure) {
                    simulation.state().check(false, socketSpec.name() + ": " + failure);
                }
            });
        } catch (RejectedExecutionException _) {
            // it has left
        }
    }

    /// Asks for what it has missed.
    void requestMissed() {
        var from = since;
        Ack ack = said -> enqueue(() -> {
            var answer = (JSONObject) said[0];
            var isAll = answer.optBoolean("ok") && answer.optBoolean("complete");
            simulation.state().check(isAll, socketSpec.name() + " has missed what came after " + from + ": " + answer);
            if (isAll) {
                for (var missed : answer.getJSONArray("events")) {
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

    /// The order that an event is about, in the words of any dialect.
    static String order(JSONObject body) {
        return body.optString("orderId", body.optString("order_id"));
    }

    /// Says something and waits for the answer. Empty when the hub went away before it gave one.
    final Optional<JSONObject> emitWithAck(String event, JSONObject body) {
        var answer = new CompletableFuture<JSONObject>();
        var number = asked.incrementAndGet();
        pendingAcks.put(number, answer);
        Ack ack = said -> answer.complete((JSONObject) said[0]);
        socket.emit(event, new Object[] {body}, ack);
        var said = answer.handle((value, thrown) -> thrown == null ? Optional.of(value) : Optional.<JSONObject>empty())
                .join();
        pendingAcks.remove(number);
        return said;
    }
}
