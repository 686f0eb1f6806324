package waybill.socketio.room;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import waybill.socketio.adapter.RoomListener;

/// The members of one room on one event loop, and the frames queued for them in this pass of the loop.
final class Room {

    /// The name of the room of all members: no name that an application can give.
    static final String ALL_MEMBERS = "\0everyone";

    /// A frame and its place among all frames queued on this loop.
    record PendingFrame(Frame frame, long order) {}

    final String name;
    final ArrayList<Member> members = new ArrayList<>(1);
    final ArrayList<PendingFrame> pending = new ArrayList<>(0);
    int pendingBytes;
    boolean isMemberId; // its name is the id of a member too, which is sent what the room is

    Room(String name) {
        this.name = name;
    }

    boolean isAllMembers() {
        return name.equals(ALL_MEMBERS);
    }

    /// The name by which listeners of rooms know it.
    String publicName() {
        return isAllMembers() ? RoomListener.ALL : name;
    }

    void add(Member member) {
        member.addRoom(this, members.size());
        members.add(member);
    }

    /// Puts the last member in the place of the one that leaves. The order of members has no meaning.
    void remove(Member member) {
        int place = member.removeRoom(this);
        var last = members.removeLast();
        if (last != member) {
            members.set(place, last);
            last.updateIndex(this, place);
        }
    }

    /// All that is pending in one buffer, to be written once for each member.
    ByteBuf joinPending(ByteBufAllocator allocator) {
        if (pending.size() == 1) {
            return pending.getFirst().frame().wire().retainedDuplicate();
        }
        var all = allocator.directBuffer(pendingBytes);
        for (var one : pending) {
            var wire = one.frame().wire();
            all.writeBytes(wire, wire.readerIndex(), wire.readableBytes());
        }
        return all;
    }

    void clearPending() {
        for (var one : pending) {
            one.frame().release();
        }
        pending.clear();
        pendingBytes = 0;
    }
}
