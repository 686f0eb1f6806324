package waybill.server.adminui;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Socket;

/// The observed sockets, as the changes that were taken so far have left them. Belongs to the thread of the
/// [AdminFeed].
final class ObservedView {

    /// What of a socket may change, besides its rooms, as it was last shown.
    private record Shown(String transport, Map<String, @Nullable Object> data) {

        static Shown of(Socket socket) {
            return new Shown(SocketRendering.transport(socket), SocketRendering.data(socket));
        }
    }

    private static final class Entry {
        final Set<String> rooms;
        Shown shown;

        Entry(Set<String> rooms, Shown shown) {
            this.rooms = new LinkedHashSet<>(rooms);
            this.shown = shown;
        }
    }

    private final Map<Socket, Entry> entries = new LinkedHashMap<>();

    void apply(SocketChange change) {
        var socket = change.socket();
        switch (change) {
            case SocketChange.Observed observed -> entries.put(socket, new Entry(observed.rooms(), Shown.of(socket)));
            case SocketChange.Disconnected _ -> entries.remove(socket);
            case SocketChange.RoomJoined joined -> rooms(socket).add(joined.room());
            case SocketChange.RoomLeft left -> rooms(socket).remove(left.room());
            case SocketChange.Updated _, SocketChange.Event _ -> {}
        }
    }

    private Set<String> rooms(Socket socket) {
        var entry = entries.get(socket);
        return entry == null ? new LinkedHashSet<>() : entry.rooms;
    }

    /// The sockets whose transport or user has changed since the last call.
    List<SocketChange> updates(Instant now) {
        return entries.entrySet().stream()
                .filter(one -> {
                    var shown = Shown.of(one.getKey());
                    var isChanged = !shown.equals(one.getValue().shown);
                    one.getValue().shown = shown;
                    return isChanged;
                })
                .<SocketChange>map(one -> new SocketChange.Updated(one.getKey(), now))
                .toList();
    }

    /// All sockets.
    List<Map<String, @Nullable Object>> render(SocketRendering rendering) {
        return entries.entrySet().stream()
                .map(one -> rendering.socket(one.getKey(), one.getValue().rooms))
                .toList();
    }
}
