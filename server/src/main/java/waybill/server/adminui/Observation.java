package waybill.server.adminui;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Args;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;

/// The sockets that are observed, and a queue of what happens to them. Event loops fill the queue, and never wait: a
/// change that finds it full ends the observation, and another one begins with what is true then. Thread-safe, except
/// [#observeMore], which one thread calls.
final class Observation {

    /// How much is observed.
    ///
    /// @param socketsMax sockets that are observed: all of the node, or a sample from every namespace
    /// @param sendingMax those of which also the events that the hub sends are observed, at the cost of a look at
    ///     every receiver of every broadcast
    /// @param changesMax changes that wait to be sent, no more than half of them events
    record Limits(int socketsMax, int sendingMax, int changesMax) {
        static final Limits DEFAULT = new Limits(1_000, 100, 10_000);
    }

    /// Sockets that begin to be observed in one call of [#observeMore]; the first call takes all.
    private static final int MORE_MAX = 200;

    /// Sockets that begin to be observed as they connect, in one tick: a storm of connects must not become one of
    /// changes. A later call of [#observeMore] takes the others.
    private static final int CONNECTS_PER_TICK = 50;

    /// Events in one tick; the others are counted alone.
    private static final int EVENTS_PER_TICK = 25;

    /// A socket, with the handler that observes what it is sent.
    private record ObservedSocket(@Nullable BiConsumer<String, Args> sending) {}

    private final Limits limits;
    private final InstantSource clock;
    private final Map<Socket, ObservedSocket> sockets = new ConcurrentHashMap<>();
    private final BlockingQueue<SocketChange> changes;
    private final AtomicInteger beginning = new AtomicInteger(); // sockets whose loop has yet to look at them
    private final AtomicInteger sending = new AtomicInteger();
    private final AtomicInteger connects = new AtomicInteger(CONNECTS_PER_TICK);
    private final AtomicInteger events = new AtomicInteger(EVENTS_PER_TICK);
    private volatile boolean isComplete = true;
    private volatile boolean isOver;
    private boolean isFirst = true;

    Observation(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        changes = new ArrayBlockingQueue<>(limits.changesMax());
    }

    /// Begins to observe sockets, as long as there is room.
    void observeMore(Collection<Namespace> namespaces) {
        int room = limits.socketsMax() - sockets.size();
        if (!isFirst) {
            room = Math.min(room, MORE_MAX);
        }
        isFirst = false;
        for (var socket : choose(namespaces, room)) {
            beginning.incrementAndGet();
            var runs = onLoop(socket, () -> {
                begin(socket);
                beginning.decrementAndGet();
            });
            if (!runs) {
                beginning.decrementAndGet();
            }
        }
    }

    /// As large a part of every namespace, and at least one socket of each: what is too much is left out of the
    /// largest.
    private List<Socket> choose(Collection<Namespace> namespaces, int max) {
        var total = namespaces.stream()
                .mapToLong(namespace -> namespace.sockets().size())
                .sum();
        if (max <= 0 || total <= sockets.size()) {
            return List.of();
        }
        return namespaces.stream()
                .map(Namespace::sockets)
                .sorted(Comparator.comparingInt(Map::size))
                .flatMap(all -> all.values().stream()
                        .filter(socket -> !sockets.containsKey(socket))
                        .limit(total <= limits.socketsMax() ? max : Math.ceilDiv((long) max * all.size(), total)))
                .limit(max)
                .toList();
    }

    /// A socket has connected. On its event loop.
    void onConnected(Socket socket) {
        if (sockets.size() < limits.socketsMax() && connects.get() > 0 && connects.getAndDecrement() > 0) {
            begin(socket);
        }
    }

    private void begin(Socket socket) {
        if (isOver || !socket.connected() || sockets.containsKey(socket)) {
            return;
        }
        var handler = mayObserveSending(socket) ? observeSending(socket) : null;
        sockets.put(socket, new ObservedSocket(handler));
        if (isOver && handler != null) { // it has ended meanwhile, and may not have seen this socket
            socket.offAnyOutgoing(handler);
        }
        add(new SocketChange.Observed(socket, Set.copyOf(socket.rooms()), clock.instant()));
    }

    private boolean mayObserveSending(Socket socket) {
        return !(socket.data() instanceof AdminSession)
                && sending.getAndUpdate(n -> Math.min(limits.sendingMax(), n + 1)) < limits.sendingMax();
    }

    private BiConsumer<String, Args> observeSending(Socket socket) {
        BiConsumer<String, Args> handler = (event, args) -> onEvent(socket, true, event, args);
        socket.onAnyOutgoing(handler);
        return handler;
    }

    void onDisconnected(Socket socket, String reason) {
        var observed = sockets.remove(socket);
        if (observed != null) {
            release(observed);
            add(new SocketChange.Disconnected(socket, reason, clock.instant()));
        }
    }

    private void release(ObservedSocket observed) {
        if (observed.sending() != null) {
            sending.decrementAndGet();
        }
    }

    void onRoomJoined(Socket socket, String room) {
        if (sockets.containsKey(socket)) {
            add(new SocketChange.RoomJoined(socket, room, clock.instant()));
        }
    }

    void onRoomLeft(Socket socket, String room) {
        if (sockets.containsKey(socket)) {
            add(new SocketChange.RoomLeft(socket, room, clock.instant()));
        }
    }

    /// An event that was received or sent. Administrators' own events are not observed: each would be followed by
    /// another one.
    void onEvent(Socket socket, boolean isSent, String event, Args args) {
        if (events.get() > 0
                && sockets.containsKey(socket)
                && !(socket.data() instanceof AdminSession)
                && events.getAndDecrement() > 0
                && changes.size() < limits.changesMax() / 2) {
            add(new SocketChange.Event(socket, isSent, event, args, clock.instant()));
        }
    }

    private void add(SocketChange change) {
        if (!changes.offer(change)) {
            isComplete = false;
        }
    }

    /// The changes since the last call, as many as `max`. A new tick begins.
    List<SocketChange> takeChanges(int max) {
        connects.set(CONNECTS_PER_TICK);
        events.set(EVENTS_PER_TICK);
        var taken = new ArrayList<SocketChange>();
        changes.drainTo(taken, max);
        return taken;
    }

    /// Whether all sockets that were chosen are observed.
    boolean isReady() {
        return beginning.get() == 0;
    }

    /// False when a change was lost.
    boolean isComplete() {
        return isComplete;
    }

    /// Observes nothing any more.
    void end() {
        isOver = true;
        sockets.forEach((socket, observed) -> {
            var handler = observed.sending();
            if (handler != null) {
                onLoop(socket, () -> socket.offAnyOutgoing(handler));
            }
        });
        sockets.clear();
    }

    /// False when the loop has stopped, and the socket with it.
    private static boolean onLoop(Socket socket, Runnable action) {
        try {
            socket.loop().execute(action);
            return true;
        } catch (RejectedExecutionException _) {
            return false;
        }
    }
}
