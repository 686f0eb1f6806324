package waybill.server.live;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import waybill.hub.presence.SocketCounts;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.RoomMessage;
import waybill.server.metrics.DialectCounters;
import waybill.server.socket.EventTrace;
import waybill.socketio.Broadcast;
import waybill.socketio.Namespace;
import waybill.socketio.RawJson;

/// All sockets of one dialect, on all its namespaces. An event is rendered once for all of them. Thread-safe.
final class DialectChannel {

    private static final String[] NO_ROOMS = {};

    private final Dialect dialect;
    private final boolean joinsOwnOrders;
    private final List<Subscription> subscriptions;
    private final DialectCounters counters;
    private final SocketCounts socketsOfAllNodes;

    /// A namespace of the dialect, and the number of its sockets.
    ///
    /// @param key of the sockets of all nodes
    private record Subscription(Namespace namespace, String key, AtomicInteger count) {}

    /// @param joinsOwnOrders whether sockets join the rooms of their users' orders automatically
    DialectChannel(
            Dialect dialect, boolean joinsOwnOrders, List<Namespace> namespaces, SocketCounts socketsOfAllNodes) {
        this.socketsOfAllNodes = socketsOfAllNodes;
        this.dialect = dialect;
        this.counters = new DialectCounters(dialect.name());
        this.joinsOwnOrders = joinsOwnOrders;
        this.subscriptions = namespaces.stream()
                .map(namespace ->
                        new Subscription(namespace, dialect.name() + " " + namespace.name(), new AtomicInteger()))
                .toList();
    }

    Dialect dialect() {
        return dialect;
    }

    /// Counters of received and sent events.
    DialectCounters counters() {
        return counters;
    }

    boolean joinsOwnOrders() {
        return joinsOwnOrders;
    }

    /// False when no socket of this node would receive the event.
    boolean hasSubscribers() {
        for (var stand : subscriptions) {
            if (stand.count.get() > 0) {
                return true;
            }
        }
        return false;
    }

    /// False when no socket of any node would receive the event.
    boolean hasSubscribersOnAnyNode() {
        if (hasSubscribers()) {
            return true;
        }
        for (var stand : subscriptions) {
            if (socketsOfAllNodes.hasAny(stand.key)) {
                return true;
            }
        }
        return false;
    }

    void onConnect(Namespace namespace) {
        var stand = subscription(namespace);
        socketsOfAllNodes.add(stand.key);
        stand.count.incrementAndGet();
    }

    void onDisconnect(Namespace namespace) {
        var stand = subscription(namespace);
        socketsOfAllNodes.remove(stand.key);
        stand.count.decrementAndGet();
    }

    private Subscription subscription(Namespace namespace) {
        return subscriptions.stream()
                .filter(stand -> stand.namespace == namespace)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "namespace: " + namespace.name() + " (expected: one where " + dialect.name() + " is served)"));
    }

    /// Emits an event of the log to all sockets of the rooms on this node, guaranteed. Every node reads the log, and
    /// emits it to its own sockets.
    void broadcast(RoomMessage outgoing) {
        var json = new RawJson(outgoing.json());
        countSent(outgoing.event());
        EventTrace.sent(dialect.name(), outgoing.rooms(), outgoing.event(), outgoing.json());
        for (var stand : subscriptions) {
            if (stand.count.get() > 0) {
                to(stand.namespace, outgoing).local().emit(outgoing.event(), json);
            }
        }
    }

    /// Emits what is not in the log to all sockets of the rooms, on every node; a slow socket receives the newest of
    /// that key only.
    void broadcastLatest(RoomMessage outgoing, String key) {
        var json = new RawJson(outgoing.json());
        countSent(outgoing.event());
        for (var stand : subscriptions) {
            if (stand.count.get() > 0 || socketsOfAllNodes.hasAny(stand.key)) {
                to(stand.namespace, outgoing).latest(key).emit(outgoing.event(), json);
            }
        }
    }

    /// Emits what each node emits to its own sockets, and is not in the log; a slow socket receives the newest of that
    /// key only.
    void broadcastLatestHere(RoomMessage outgoing, String key) {
        var json = new RawJson(outgoing.json());
        countSent(outgoing.event());
        for (var stand : subscriptions) {
            if (stand.count.get() > 0) {
                to(stand.namespace, outgoing).local().latest(key).emit(outgoing.event(), json);
            }
        }
    }

    /// Runs an action with each client of the rooms, on the socket's own loop, after the events that were emitted
    /// before.
    void forEach(Set<String> rooms, Consumer<ClientSession> action) {
        for (var stand : subscriptions) {
            if (stand.count.get() > 0) {
                stand.namespace.to(rooms.toArray(NO_ROOMS)).forEachLocal(socket -> {
                    if (socket.data() instanceof ClientSession client) {
                        action.accept(client);
                    }
                });
            }
        }
    }

    /// Counts an event that was emitted once, whatever the number of recipients.
    void countSent(String event) {
        counters.sent().add(event);
    }

    private static Broadcast to(Namespace namespace, RoomMessage outgoing) {
        var to = namespace.to(outgoing.rooms().toArray(NO_ROOMS));
        return outgoing.exceptRooms().isEmpty()
                ? to
                : to.except(outgoing.exceptRooms().toArray(NO_ROOMS));
    }

    /// Removes all sockets of this node from the room.
    void clearRoom(String room) {
        for (var stand : subscriptions) {
            stand.namespace.in(room).local().socketsLeave(room);
        }
    }
}
