package waybill.socketio.room;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rooms of one namespace on one event loop. Belongs to that loop.
///
/// What is said to a room is kept until the pass of the loop ends and then joined into one buffer, which is written
/// once to each member: many small writes cost far more than one joined buffer. The order in which things were said
/// holds for every member all the same: one that hears from several rooms in a pass is written frame by frame, and
/// whatever else is to reach a member settles the pass first.
public final class RoomShard {

    /// A room with more than this pending is settled at once, so that a pass cannot pile up memory.
    private static final int PENDING_BYTES_MAX = 64 * 1024;

    private final EventExecutor loop;
    private final ByteBufAllocator allocator;
    private final Pass pass;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Map<String, Member> membersById = new HashMap<>();
    private final Room everyone = new Room(Room.EVERYONE);
    private final ArrayList<Room> dirty = new ArrayList<>();
    private long order;
    private long stamp;

    RoomShard(EventExecutor loop, ByteBufAllocator allocator) {
        this.loop = loop;
        this.allocator = allocator;
        this.pass = Pass.of(loop);
    }

    EventExecutor loop() {
        return loop;
    }

    public void add(Member member) {
        assert loop.inEventLoop();
        membersById.put(member.id(), member);
        enter(everyone, member);
    }

    /// Takes the member out of every room.
    public void remove(Member member) {
        assert loop.inEventLoop();
        membersById.remove(member.id(), member);
        while (!member.rooms.isEmpty()) {
            exit(member.rooms.getLast(), member);
        }
    }

    public void join(String name, Member member) {
        assert loop.inEventLoop();
        if (name.equals(member.id())) {
            return;
        }
        var room = rooms.computeIfAbsent(name, Room::new);
        if (!member.isIn(room)) {
            enter(room, member);
        }
    }

    public void leave(String name, Member member) {
        assert loop.inEventLoop();
        var room = rooms.get(name);
        if (room != null && member.isIn(room)) {
            exit(room, member);
        }
    }

    private void enter(Room room, Member member) {
        if (!room.pending.isEmpty()) {
            settle(); // what was said before is not for the newcomer
        }
        room.add(member);
    }

    private void exit(Room room, Member member) {
        if (!room.pending.isEmpty()) {
            settle(); // what was said before still is
        }
        room.remove(member);
        if (room.members.isEmpty() && !room.isEveryone()) {
            rooms.remove(room.name);
        }
    }

    /// Lets what was said to rooms go ahead of what is now said to `member` alone.
    public void settleFor(Member member) {
        if (!dirty.isEmpty() && member.hasPending()) {
            settle();
        }
    }

    /// Says `frame` to all whom `target` names. The caller keeps its reference.
    public void broadcast(Target target, Frame frame) {
        assert loop.inEventLoop();
        var room = onlyRoom(target);
        if (room != null) {
            say(room, frame);
            return;
        }
        for (var member : members(target)) {
            settleFor(member);
            member.line().send(frame);
        }
    }

    /// The one room that the target comes to, where it is as simple as that.
    private @Nullable Room onlyRoom(Target target) {
        if (!target.except().isEmpty() || target.rooms().size() > 1) {
            return null;
        }
        if (target.rooms().isEmpty()) {
            return everyone;
        }
        var name = target.rooms().iterator().next();
        return membersById.containsKey(name) ? null : rooms.get(name);
    }

    private void say(Room room, Frame frame) {
        if (room.members.isEmpty()) {
            return;
        }
        if (frame.kind() == Frame.Kind.VOLATILE) {
            sayNow(room, frame);
            return;
        }
        if (room.pending.isEmpty()) {
            if (dirty.isEmpty()) {
                pass.settleLater(this);
            }
            dirty.add(room);
        }
        room.pending.add(new Room.Pending(frame.retain(), order++));
        room.pendingBytes += frame.size();
        if (room.pendingBytes > PENDING_BYTES_MAX) {
            settle();
        }
    }

    private void sayNow(Room room, Frame frame) {
        for (int i = 0; i < room.members.size(); i++) {
            var member = room.members.get(i);
            settleFor(member);
            member.line().send(frame);
        }
    }

    /// Everyone on this loop whom `target` names, each once.
    public List<Member> members(Target target) {
        assert loop.inEventLoop();
        stamp++;
        for (var name : target.except()) {
            stampAll(name, null);
        }
        var found = new ArrayList<Member>();
        if (target.rooms().isEmpty()) {
            stampAll(everyone, found);
        }
        for (var name : target.rooms()) {
            stampAll(name, found);
        }
        return found;
    }

    private void stampAll(String name, @Nullable List<Member> found) {
        var room = rooms.get(name);
        if (room != null) {
            stampAll(room, found);
        }
        var own = membersById.get(name);
        if (own != null) {
            stampOne(own, found);
        }
    }

    private void stampAll(Room room, @Nullable List<Member> found) {
        for (int i = 0, n = room.members.size(); i < n; i++) {
            stampOne(room.members.get(i), found);
        }
    }

    private void stampOne(Member member, @Nullable List<Member> found) {
        if (member.stamp != stamp && found != null) {
            found.add(member);
        }
        member.stamp = stamp;
    }

    /// Writes what is pending in all rooms.
    void settle() {
        assert loop.inEventLoop();
        for (int i = 0; i < dirty.size(); i++) {
            var members = dirty.get(i).members;
            for (int m = 0, n = members.size(); m < n; m++) {
                members.get(m).dirtyRooms++;
            }
        }
        for (int i = 0; i < dirty.size(); i++) {
            settle(dirty.get(i));
        }
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).forgetPending();
        }
        dirty.clear();
    }

    private void settle(Room room) {
        var joined = room.joined(allocator);
        try {
            for (int m = 0, n = room.members.size(); m < n; m++) {
                var member = room.members.get(m);
                if (member.dirtyRooms > 1) {
                    tellFromAllRooms(member);
                } else if (member.dirtyRooms == 1) {
                    member.dirtyRooms = 0;
                    if (member.line().takesJoined()) {
                        member.line().writeJoined(joined.retainedDuplicate());
                    } else {
                        tellOneByOne(member, room.pending);
                    }
                }
            }
        } finally {
            joined.release();
        }
    }

    private static void tellFromAllRooms(Member member) {
        member.dirtyRooms = 0; // so that the other rooms pass it over
        var heard = new ArrayList<Room.Pending>();
        for (var room : member.rooms) {
            heard.addAll(room.pending);
        }
        heard.sort(Comparator.comparingLong(Room.Pending::order));
        tellOneByOne(member, heard);
    }

    private static void tellOneByOne(Member member, List<Room.Pending> frames) {
        for (int i = 0, n = frames.size(); i < n; i++) {
            member.line().send(frames.get(i).frame());
        }
    }
}
