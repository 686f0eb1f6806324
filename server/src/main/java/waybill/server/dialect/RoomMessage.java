package waybill.server.dialect;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// A message to the sockets of some rooms, once to each: to those in any of `rooms` and in none of `exceptRooms`.
/// All clients share a room too, see [Dialect#broadcastRoom].
///
/// @param json the payload, as JSON text
/// @param requiresAck whether its recipients must acknowledge it
public record RoomMessage(Set<String> rooms, Set<String> exceptRooms, String event, String json, boolean requiresAck) {

    public RoomMessage {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("rooms: none (expected: at least one)");
        }
        rooms = Set.copyOf(rooms);
        exceptRooms = Set.copyOf(exceptRooms);
    }

    /// A message to all sockets in any of the rooms, without an ack.
    public static RoomMessage to(Collection<String> rooms, String event, String json) {
        return new RoomMessage(Set.copyOf(rooms), Set.of(), event, json, false);
    }

    public RoomMessage except(String room) {
        return exceptAll(Set.of(room));
    }

    /// Not to these rooms either.
    public RoomMessage exceptAll(Set<String> some) {
        if (some.isEmpty()) {
            return this;
        }
        var all = new HashSet<>(exceptRooms);
        all.addAll(some);
        return new RoomMessage(rooms, all, event, json, requiresAck);
    }

    public RoomMessage requiringAck() {
        return new RoomMessage(rooms, exceptRooms, event, json, true);
    }

    /// Whether a socket in these rooms receives it.
    public boolean reaches(Set<String> joined) {
        return rooms.stream().anyMatch(joined::contains) && exceptRooms.stream().noneMatch(joined::contains);
    }
}
