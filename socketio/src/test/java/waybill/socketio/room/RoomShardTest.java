package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.RoomListener;
import waybill.socketio.adapter.Target;

class RoomShardTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<String> rooms = new ArrayList<>();
    private final RoomShard shard = new RoomShard(channel.eventLoop(), allocator, new RoomListener() {
        @Override
        public void onRoomOpened(String room) {
            rooms.add("+" + room);
        }

        @Override
        public void onRoomClosed(String room) {
            rooms.add("-" + room);
        }
    });
    private final RecordingSink anna = new RecordingSink(() -> true);
    private final RecordingSink bert = new RecordingSink(() -> true);
    private final Member annaMember = addMember("anna", anna);
    private final Member bertMember = addMember("bert", bert);

    private Member addMember(String id, FrameSink line) {
        var member = new Member(id, line, channel.eventLoop(), line);
        shard.add(member);
        return member;
    }

    @AfterEach
    void assertBuffersReleased() {
        flush();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void onlyTheRoomReceivesItsBroadcasts() {
        shard.join("kitchen", annaMember);
        broadcast(Target.ALL.to("kitchen"), "dinner");
        flush();
        assertThat(anna.received()).containsExactly("dinner");
        assertThat(bert.received()).isEmpty();
    }

    @Test
    void itsListenerHearsTheFirstMemberOfARoomAndTheLastOne() {
        assertThat(rooms).containsExactly("+anna", "+" + RoomListener.ALL, "+bert");
        rooms.clear();
        shard.join("kitchen", annaMember);
        shard.join("kitchen", bertMember);
        shard.join("kitchen", bertMember);
        shard.join("anna", annaMember);
        shard.leave("kitchen", annaMember);
        assertThat(rooms).containsExactly("+kitchen");
        rooms.clear();
        shard.remove(bertMember);
        assertThat(rooms).containsExactly("-bert", "-kitchen");
        rooms.clear();
        shard.remove(annaMember);
        assertThat(rooms).containsExactly("-anna", "-" + RoomListener.ALL);
        shard.remove(annaMember);
        assertThat(rooms).hasSize(2);
    }

    @Test
    void aMemberOfTwoRoomsReceivesOnce() {
        shard.join("kitchen", annaMember);
        shard.join("cellar", annaMember);
        shard.join("cellar", bertMember);
        broadcast(Target.ALL.to("kitchen", "cellar", "anna"), "dinner");
        flush();
        assertThat(anna.received()).containsExactly("dinner");
        assertThat(bert.received()).containsExactly("dinner");
    }

    @Test
    void framesOfOneCycleAreJoined() {
        for (int i = 0; i < 5; i++) {
            broadcast(Target.ALL, "m" + i);
        }
        flush();
        assertThat(anna.received()).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(anna.joinedCount()).isEqualTo(1);
    }

    @Test
    void aMemberOfTwoRoomsReceivesInOrder() {
        shard.join("kitchen", annaMember);
        shard.join("cellar", annaMember);
        broadcast(Target.ALL.to("kitchen"), "1");
        broadcast(Target.ALL.to("cellar"), "2");
        broadcast(Target.ALL, "3");
        broadcast(Target.ALL.to("kitchen"), "4");
        flush();
        assertThat(anna.received()).containsExactly("1", "2", "3", "4");
        assertThat(bert.received()).containsExactly("3");
    }

    @Test
    void aNewMemberDoesNotReceiveEarlierFrames() {
        shard.join("kitchen", annaMember);
        broadcast(Target.ALL.to("kitchen"), "before");
        shard.join("kitchen", bertMember);
        broadcast(Target.ALL.to("kitchen"), "after");
        flush();
        assertThat(anna.received()).containsExactly("before", "after");
        assertThat(bert.received()).containsExactly("after");
    }

    @Test
    void aLeavingMemberReceivesEarlierFrames() {
        shard.join("kitchen", annaMember);
        broadcast(Target.ALL.to("kitchen"), "before");
        shard.leave("kitchen", annaMember);
        broadcast(Target.ALL.to("kitchen"), "after");
        flush();
        assertThat(anna.received()).containsExactly("before");
    }

    @Test
    void aDirectFrameFollowsEarlierRoomFrames() {
        broadcast(Target.ALL, "to all");
        shard.flushFor(annaMember);
        anna.received().add("to anna");
        flush();
        assertThat(anna.received()).containsExactly("to all", "to anna");
    }

    @Test
    void volatileFramesAreSentAtOnce() {
        var frame = Frame.of(allocator, "", "now", List.of(), FrameOptions.RELIABLE.withKind(FrameKind.VOLATILE));
        shard.broadcast(Target.ALL, frame);
        frame.release();
        assertThat(anna.received()).containsExactly("now");
    }

    /// A pass uses bounded memory: a room with many queued bytes is flushed in the midst of it.
    @Test
    void aRoomOverTheByteLimitIsFlushedEarly() {
        for (int i = 0; i < 100; i++) {
            broadcast(Target.ALL, "x".repeat(1_000));
        }
        assertThat(anna.received()).hasSizeGreaterThan(60);
        flush();
        assertThat(anna.received()).hasSize(100);
    }

    @Test
    void emptyRoomsAreRemoved() {
        shard.join("kitchen", annaMember);
        shard.join("cellar", annaMember);
        assertThat(annaMember.roomNames()).containsExactlyInAnyOrder("kitchen", "cellar");
        shard.leave("kitchen", annaMember);
        shard.leave("kitchen", annaMember);
        shard.remove(annaMember);
        assertThat(annaMember.roomNames()).isEmpty();
        assertThat(shard.members(Target.ALL.to("cellar", "anna"))).isEmpty();
        assertThat(shard.members(Target.ALL)).containsExactly(bertMember);
    }

    private void broadcast(Target target, String text) {
        var frame = Frame.of(allocator, "", text, List.of(), FrameOptions.RELIABLE);
        shard.broadcast(target, frame);
        frame.release();
    }

    private void flush() {
        channel.runPendingTasks();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runPendingTasks();
    }
}
