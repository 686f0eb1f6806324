package waybill.server.dialect;

import java.util.Collection;
import java.util.Set;

/// What is said to the sockets of some rooms, once to each of them: to who is in any of `rooms` and in none of
/// `exceptRooms`. Everybody has a room too, see [Dialect#broadcastRoom].
///
/// @param json what is said, as JSON text
/// @param requiresAck whether who hears it must answer that it has
public record RoomMessage(Set<String> rooms, Set<String> exceptRooms, String event, String json, boolean requiresAck) {

    public RoomMessage {
        if (rooms.isEmpty()) {
            throw new IllegalArgumentException("rooms: none (expected: at least one)");
        }
        rooms = Set.copyOf(rooms);
        exceptRooms = Set.copyOf(exceptRooms);
    }

    /// Said to all who are in any of the rooms; nobody need answer.
    public static RoomMessage to(Collection<String> rooms, String event, String json) {
        return new RoomMessage(Set.copyOf(rooms), Set.of(), event, json, false);
    }

    public RoomMessage except(String room) {
        return new RoomMessage(rooms, Set.of(room), event, json, requiresAck);
    }

    public RoomMessage exceptAll(Set<String> some) {
        return some.isEmpty() ? this : new RoomMessage(rooms, some, event, json, requiresAck);
    }

    public RoomMessage requiringAck() {
        return new RoomMessage(rooms, exceptRooms, event, json, true);
    }

    /// Whether a socket that is in these rooms hears it.
    public boolean reaches(Set<String> joined) {
        return rooms.stream().anyMatch(joined::contains) && exceptRooms.stream().noneMatch(joined::contains);
    }
}
