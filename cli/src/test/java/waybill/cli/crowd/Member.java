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
import waybill.cli.orders.Seat;

/// One of the clients: a socket, a thread for all that it does, and what it does when it hears of something. It comes
/// back by itself, and then asks for what it has missed.
abstract class Member implements AutoCloseable {

    private static final long RECONNECT_MIN_MS = 50;
    private static final long RECONNECT_MAX_MS = 500;
    private static final Set<String> STATUS = Set.of("order:status_update", "order:status:update");

    final Seat seat;
    final Crowd crowd;
    final SplittableRandom random;
    private final Socket socket;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private final Map<Long, CompletableFuture<JSONObject>> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Set<String> known = new HashSet<>();

    /// The newest event that it has heard, and up to which it has heard all.
    private long newest;

    private long since;
    private boolean isInStep;

    Member(Seat seat, URI hub, Crowd crowd, SplittableRandom random) {
        this.seat = seat;
        this.crowd = crowd;
        this.random = random;
        socket = IO.socket(
                seat.url(hub),
                IO.Options.builder()
                        .setForceNew(true)
                        .setTransports(new String[] {"websocket"})
                        .setReconnectionDelay(RECONNECT_MIN_MS)
                        .setReconnectionDelayMax(RECONNECT_MAX_MS)
                        .setAuth(seat.auth())
                        .setQuery(seat.queryText())
                        .build());
    }

    /// Is told of every event once, on the member's thread.
    abstract void heard(String event, JSONObject body) throws InterruptedException;

    Member open() {
        socket.on(Socket.EVENT_CONNECT, _ -> {
            var connection = connections.incrementAndGet();
            later(() -> {
                if (connections.get() == connection) { // or there is a newer one already, for which the same follows
                    catchUp();
                }
            });
        });
        socket.on(Socket.EVENT_DISCONNECT, _ -> {
            later(() -> isInStep = false);
            unanswered.values().forEach(answer -> answer.completeExceptionally(new IOException("disconnected")));
        });
        socket.onAnyIncoming(said -> {
            if (said[said.length - 1] instanceof Ack ack) {
                ack.call();
            }
            if (said.length > 1 && said[1] instanceof JSONObject body) {
                later(() -> take((String) said[0], body));
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
    interface Deed {
        void run() throws InterruptedException;
    }

    /// Does it after all that was to be done before.
    final void later(Deed deed) {
        try {
            thread.execute(() -> {
                try {
                    deed.run();
                } catch (InterruptedException | RuntimeException | AssertionError failure) {
                    crowd.books().check(false, seat.name() + ": " + failure);
                }
            });
        } catch (RejectedExecutionException _) {
            // it has left
        }
    }

    /// Asks for what it has missed.
    void catchUp() {
        var from = since;
        Ack ack = said -> later(() -> {
            var answer = (JSONObject) said[0];
            var isAll = answer.optBoolean("ok") && answer.optBoolean("complete");
            crowd.books().check(isAll, seat.name() + " has missed what came after " + from + ": " + answer);
            if (isAll) {
                for (var missed : answer.getJSONArray("events")) {
                    var one = (JSONObject) missed;
                    take(one.getString("event"), one.getJSONObject("data"));
                }
                isInStep = true;
                since = newest;
            }
        });
        socket.emit("sync", new Object[] {new JSONObject().put("since", from)}, ack);
    }

    private void take(String event, JSONObject body) throws InterruptedException {
        var id = body.optLong("eventId", body.optLong("event_id"));
        newest = Math.max(newest, id);
        since = isInStep ? newest : since;
        if (id != 0 && !known.add(event + ' ' + id)) {
            return;
        }
        if (STATUS.contains(event)) {
            crowd.books().heard(seat.name(), new Books.Move(order(body), body.getString("status"), id));
        }
        heard(event, body);
    }

    /// The order that an event is about, in the words of any dialect.
    static String order(JSONObject body) {
        return body.optString("orderId", body.optString("order_id"));
    }

    /// Says something and waits for the answer. Empty when the hub went away before it gave one.
    final Optional<JSONObject> ask(String event, JSONObject body) {
        var answer = new CompletableFuture<JSONObject>();
        var number = asked.incrementAndGet();
        unanswered.put(number, answer);
        Ack ack = said -> answer.complete((JSONObject) said[0]);
        socket.emit(event, new Object[] {body}, ack);
        var said = answer.handle((value, thrown) -> thrown == null ? Optional.of(value) : Optional.<JSONObject>empty())
                .join();
        unanswered.remove(number);
        return said;
    }
}
