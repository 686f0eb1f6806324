package waybill.socketio.room;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.RoomListener;
import waybill.socketio.adapter.Target;

/// The rooms of one namespace on one event loop. Belongs to that loop, but for the number of queued broadcasts.
///
/// Frames for a room are queued until the pass of the loop ends and then joined into one buffer, which is written
/// once to each member: many small writes cost far more than one joined buffer. Every member still gets the
/// frames in the order of the broadcasts: one that gets frames from several rooms in a pass is written frame by
/// frame, and before anything else is sent to a member the queued frames are flushed.
public final class RoomShard {

    /// A room with more than this pending is settled at once, so that a pass cannot pile up memory.
    private static final int PENDING_BYTES_MAX = 64 * 1024;

    private final EventExecutor loop;
    private final ByteBufAllocator allocator;
    private final RoomListener listener;
    private final FlushCycle flushCycle;
    private final Map<String, Room> rooms = new HashMap<>();
    private final Map<String, Member> membersById = new HashMap<>();
    private final Room allMembers = new Room(Room.ALL_MEMBERS);
    private final ArrayList<Room> dirty = new ArrayList<>();
    private final AtomicInteger queued = new AtomicInteger(); // broadcasts that wait as tasks of the loop
    private long order;
    private long stamp;

    RoomShard(EventExecutor loop, ByteBufAllocator allocator, RoomListener listener) {
        this.loop = loop;
        this.allocator = allocator;
        this.listener = listener;
        this.flushCycle = FlushCycle.of(loop);
    }

    EventExecutor loop() {
        return loop;
    }

    /// A broadcast becomes a task of the loop. Safe from any thread.
    void onQueued() {
        queued.incrementAndGet();
    }

    void onDequeued() {
        queued.decrementAndGet();
    }

    /// Whether broadcasts wait as tasks of the loop: a later one must not overtake them.
    boolean hasQueued() {
        return queued.get() > 0;
    }

    public void add(Member member) {
        assert loop.inEventLoop();
        membersById.put(member.id(), member);
        setMemberId(rooms.get(member.id()), true);
        listener.onRoomOpened(member.id());
        addMember(allMembers, member);
    }

    private static void setMemberId(@Nullable Room room, boolean isMemberId) {
        if (room != null) {
            room.isMemberId = isMemberId;
        }
    }

    /// Takes the member out of every room.
    public void remove(Member member) {
        assert loop.inEventLoop();
        if (membersById.remove(member.id(), member)) {
            setMemberId(rooms.get(member.id()), false);
            listener.onRoomClosed(member.id());
        }
        while (!member.rooms.isEmpty()) {
            removeMember(member.rooms.getLast(), member);
        }
    }

    /// False where the member is in it already.
    public boolean join(String name, Member member) {
        assert loop.inEventLoop();
        if (name.equals(member.id())) {
            return false;
        }
        var room = rooms.computeIfAbsent(name, Room::new);
        if (member.isIn(room)) {
            return false;
        }
        addMember(room, member);
        room.isMemberId = membersById.containsKey(name);
        return true;
    }

    /// False where the member is not in it.
    public boolean leave(String name, Member member) {
        assert loop.inEventLoop();
        var room = rooms.get(name);
        if (room == null || !member.isIn(room)) {
            return false;
        }
        removeMember(room, member);
        return true;
    }

    private void addMember(Room room, Member member) {
        if (!room.pending.isEmpty()) {
            flush(); // earlier frames are not for the new member
        }
        room.add(member);
        if (room.members.size() == 1) {
            listener.onRoomOpened(room.publicName());
        }
    }

    private void removeMember(Room room, Member member) {
        if (!room.pending.isEmpty()) {
            flush(); // earlier frames still are
        }
        room.remove(member);
        if (room.members.isEmpty()) {
            rooms.remove(room.name);
            listener.onRoomClosed(room.publicName());
        }
    }

    /// Flushes the queued frames of its rooms before something is sent to `member` alone.
    public void flushFor(Member member) {
        if (!dirty.isEmpty() && member.hasPending()) {
            flush();
        }
    }

    /// Sends `frame` to all members of `target`. The caller keeps its reference.
    public void broadcast(Target target, Frame frame) {
        assert loop.inEventLoop();
        var room = onlyRoom(target);
        if (room != null) {
            send(room, frame);
            return;
        }
        for (var member : members(target)) {
            flushFor(member);
            member.sink().send(frame);
        }
    }

    /// The one room that the target comes to, where it is as simple as that.
    private @Nullable Room onlyRoom(Target target) {
        if (!target.except().isEmpty() || target.rooms().size() > 1) {
            return null;
        }
        if (target.rooms().isEmpty()) {
            return allMembers;
        }
        var room = rooms.get(target.rooms().iterator().next());
        return room == null || room.isMemberId ? null : room;
    }

    private void send(Room room, Frame frame) {
        if (room.members.isEmpty()) {
            return;
        }
        if (frame.kind() == FrameKind.VOLATILE) {
            sendNow(room, frame);
            return;
        }
        if (room.pending.isEmpty() && dirty.isEmpty()) {
            flushCycle.flushShardLater(this);
        }
        if (room.pending.isEmpty()) {
            dirty.add(room);
        }
        room.pending.add(new Room.PendingFrame(frame.retain(), order++));
        room.pendingBytes += frame.size();
        if (room.pendingBytes > PENDING_BYTES_MAX) {
            flush();
        }
    }

    private void sendNow(Room room, Frame frame) {
        for (int i = 0; i < room.members.size(); i++) {
            var member = room.members.get(i);
            flushFor(member);
            member.sink().send(frame);
        }
    }

    /// The names of the rooms that have a member, the ids of the members among them.
    Set<String> names() {
        assert loop.inEventLoop();
        var names = new HashSet<>(rooms.keySet());
        names.addAll(membersById.keySet());
        return names;
    }

    /// The members of `target` on this loop, each once.
    public List<Member> members(Target target) {
        assert loop.inEventLoop();
        stamp++;
        for (var name : target.except()) {
            visitAll(name, null);
        }
        var found = new ArrayList<Member>();
        if (target.rooms().isEmpty()) {
            visitAll(allMembers, found);
        }
        for (var name : target.rooms()) {
            visitAll(name, found);
        }
        return found;
    }

    private void visitAll(String name, @Nullable List<Member> found) {
        var room = rooms.get(name);
        if (room != null) {
            visitAll(room, found);
        }
        var own = membersById.get(name);
        if (own != null) {
            visitOne(own, found);
        }
    }

    private void visitAll(Room room, @Nullable List<Member> found) {
        for (int i = 0, n = room.members.size(); i < n; i++) {
            visitOne(room.members.get(i), found);
        }
    }

    private void visitOne(Member member, @Nullable List<Member> found) {
        if (member.visitedAt != stamp && found != null) {
            found.add(member);
        }
        member.visitedAt = stamp;
    }

    /// Writes what is pending in all rooms.
    void flush() {
        assert loop.inEventLoop();
        for (var room : dirty) {
            for (var member : room.members) {
                member.dirtyRooms++;
            }
        }
        dirty.forEach(this::flush);
        dirty.forEach(Room::clearPending);
        dirty.clear();
    }

    private void flush(Room room) {
        var joined = room.joinPending(allocator);
        try {
            for (int m = 0, n = room.members.size(); m < n; m++) {
                var member = room.members.get(m);
                if (member.dirtyRooms > 1) {
                    sendFromAllRooms(member);
                } else if (member.dirtyRooms == 1) {
                    member.dirtyRooms = 0;
                    if (member.sink().acceptsJoined()) {
                        member.sink().writeJoined(joined.retainedDuplicate(), room.pending.size());
                    } else {
                        sendOneByOne(member, room.pending);
                    }
                }
            }
        } finally {
            joined.release();
        }
    }

    private static void sendFromAllRooms(Member member) {
        member.dirtyRooms = 0; // so that the other rooms pass it over
        var frames = new ArrayList<Room.PendingFrame>();
        for (var room : member.rooms) {
            frames.addAll(room.pending);
        }
        frames.sort(Comparator.comparingLong(Room.PendingFrame::order));
        sendOneByOne(member, frames);
    }

    private static void sendOneByOne(Member member, List<Room.PendingFrame> frames) {
        for (int i = 0, n = frames.size(); i < n; i++) {
            member.sink().send(frames.get(i).frame());
        }
    }
}
