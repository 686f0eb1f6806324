package waybill.socketio.room;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One socket in the rooms. Belongs to its event loop.
public final class Member {

    private final String id;
    private final FrameSink sink;
    private final Object socket;
    private final EventExecutor loop;
    final ArrayList<Room> rooms = new ArrayList<>(2);
    private int[] places = new int[2]; // this member's index in each of its rooms

    int dirtyRooms; // rooms with frames pending, counted while a pass is settled
    long visitedAt; // the broadcast that last met this member

    /// `socket` is the socket of the member, opaque to the rooms.
    public Member(String id, FrameSink line, EventExecutor loop, Object socket) {
        this.loop = loop;
        this.id = id;
        this.sink = line;
        this.socket = socket;
    }

    public String id() {
        return id;
    }

    public EventExecutor loop() {
        return loop;
    }

    public FrameSink sink() {
        return sink;
    }

    public Object socket() {
        return socket;
    }

    boolean isIn(Room room) {
        return rooms.contains(room);
    }

    void addRoom(Room room, int place) {
        if (rooms.size() == places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[rooms.size()] = place;
        rooms.add(room);
    }

    void updateIndex(Room room, int place) {
        places[rooms.indexOf(room)] = place;
    }

    /// Removes the room and returns this member's index in it.
    int removeRoom(Room room) {
        int at = rooms.indexOf(room);
        int place = places[at];
        int last = rooms.size() - 1;
        rooms.set(at, rooms.get(last));
        places[at] = places[last];
        rooms.remove(last);
        return place;
    }

    /// Whether a room of this member has frames that a pass has yet to write.
    boolean hasPending() {
        for (int i = 0, n = rooms.size(); i < n; i++) {
            if (!rooms.get(i).pending.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /// How many rooms this member is in, the one of all members included.
    public int roomCount() {
        return rooms.size();
    }

    /// The names of the rooms, without the one of all members.
    public List<String> roomNames() {
        var names = new ArrayList<String>(rooms.size());
        for (var room : rooms) {
            if (!room.isAllMembers()) {
                names.add(room.name);
            }
        }
        return names;
    }
}
