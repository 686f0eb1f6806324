package waybill.server.realtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.Said;
import waybill.socketio.Broadcast;
import waybill.socketio.Namespace;
import waybill.socketio.packet.RawJson;

/// All who speak one dialect, on whatever namespaces. What is said to them is put into words once. Thread-safe.
final class Audience {

    private static final String[] NO_ROOMS = {};

    private final Dialect dialect;
    private final boolean joinsOwnOrders;
    private final List<Stand> stands;
    private final Tally tally;

    /// A namespace on which the dialect is spoken, and by how many.
    private record Stand(Namespace namespace, AtomicInteger speakers) {}

    /// @param joinsOwnOrders whether sockets are in the rooms of the orders that they have a part in without asking
    Audience(Dialect dialect, boolean joinsOwnOrders, List<Namespace> namespaces) {
        this.dialect = dialect;
        this.tally = new Tally(dialect.name());
        this.joinsOwnOrders = joinsOwnOrders;
        this.stands = namespaces.stream()
                .map(namespace -> new Stand(namespace, new AtomicInteger()))
                .toList();
    }

    Dialect dialect() {
        return dialect;
    }

    /// What they say and are told, counted.
    Tally tally() {
        return tally;
    }

    boolean joinsOwnOrders() {
        return joinsOwnOrders;
    }

    /// False when nobody would understand what is said.
    boolean isPresent() {
        for (var stand : stands) {
            if (stand.speakers.get() > 0) {
                return true;
            }
        }
        return false;
    }

    void came(Namespace namespace) {
        stand(namespace).speakers.incrementAndGet();
    }

    void went(Namespace namespace) {
        stand(namespace).speakers.decrementAndGet();
    }

    private Stand stand(Namespace namespace) {
        return stands.stream()
                .filter(stand -> stand.namespace == namespace)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "namespace: " + namespace.name() + " (expected: one where " + dialect.name() + " is spoken)"));
    }

    /// To everybody in the rooms, however slow they are.
    void say(Said said) {
        var json = new RawJson(said.json());
        count(said.event());
        EventTrace.sent(dialect.name(), said.rooms(), said.event(), said.json());
        for (var stand : stands) {
            if (stand.speakers.get() > 0) {
                to(stand.namespace, said).emit(said.event(), json);
            }
        }
    }

    /// To everybody in the rooms; who is slow hears the newest of that key only.
    void sayLatest(Said said, String key) {
        var json = new RawJson(said.json());
        count(said.event());
        for (var stand : stands) {
            if (stand.speakers.get() > 0) {
                to(stand.namespace, said).latest(key).emit(said.event(), json);
            }
        }
    }

    /// Does something with each client in the rooms, on the socket's own loop, and behind what was said before.
    void forEach(Set<String> rooms, Consumer<Client> action) {
        for (var stand : stands) {
            if (stand.speakers.get() > 0) {
                stand.namespace.to(rooms.toArray(NO_ROOMS)).forEachLocal(socket -> {
                    if (socket.data() instanceof Client client) {
                        action.accept(client);
                    }
                });
            }
        }
    }

    /// Something was said once, to however many.
    void count(String event) {
        tally.said().add(event);
    }

    private static Broadcast to(Namespace namespace, Said said) {
        var to = namespace.to(said.rooms().toArray(NO_ROOMS));
        return said.exceptRooms().isEmpty() ? to : to.except(said.exceptRooms().toArray(NO_ROOMS));
    }

    /// Nobody is in the room any more.
    void empty(String room) {
        for (var stand : stands) {
            stand.namespace.in(room).socketsLeave(room);
        }
    }
}
