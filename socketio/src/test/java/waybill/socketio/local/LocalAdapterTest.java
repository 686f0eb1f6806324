package waybill.socketio.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.room.Frame;
import waybill.socketio.room.FrameSink;
import waybill.socketio.room.Member;

class LocalAdapterTest {

    private static final RecoveryConfig RECOVERY = new RecoveryConfig(Duration.ofMinutes(2), 100, 100, false);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final LocalAdapter plain = new LocalAdapter(allocator, null, "now.", ticker);
    private final LocalAdapter recovering = new LocalAdapter(allocator, RECOVERY, "now.", ticker);
    private final List<String> story = new ArrayList<>();

    @BeforeEach
    void connectAnnaAndBert() {
        for (var adapter : List.of(plain, recovering)) {
            for (var name : List.of("anna", "bert")) {
                adapter.rooms().shard(channel.eventLoop()).add(new RecordingSocket(name, adapter).member);
            }
        }
    }

    @AfterEach
    void assertBuffersReleased() {
        channel.runPendingTasks();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aPacketIsSentUnchangedWithoutRecovery() {
        plain.broadcast(packet("hi"), to("anna"));
        flushLoop();
        assertThat(story).containsExactly("anna receives 42/caps,[\"hi\"]");
        assertThat(plain.supportsRecovery()).isFalse();
    }

    @Test
    void aPacketIsSentWithItsOffsetWithRecovery() {
        recovering.broadcast(packet("hi"), to("anna"));
        flushLoop();
        assertThat(story).containsExactly("anna receives 42/caps,[\"hi\",\"now.1\"]");
        assertThat(recovering.recoveryOffset()).isEqualTo(1);
    }

    @Test
    void aVolatilePacketIsNotStored() {
        var target = Target.ALL.to("anna");
        var latest = FrameOptions.RELIABLE.withKey("k");
        recovering.broadcast(packet("position"), new BroadcastOptions(target, latest, false));
        recovering.broadcast(
                packet("flicker"),
                new BroadcastOptions(target, FrameOptions.RELIABLE.withKind(FrameKind.VOLATILE), false));
        flushLoop();
        assertThat(story)
                .containsExactlyInAnyOrder(
                        "anna receives 42/caps,[\"position\"]", "anna receives 42/caps,[\"flicker\"]");
        assertThat(recovering.recoveryOffset()).isZero();
    }

    @Test
    void anAckIsExpectedFromEveryRecipient() {
        var expected = new ArrayList<Integer>();
        for (var adapter : List.of(plain, recovering)) {
            adapter.broadcastWithAck(packet("ready?"), to(), new RecordingAckSink(expected));
            flushLoop();
        }
        assertThat(expected).containsExactly(2, 2);
        assertThat(story)
                .containsExactly("anna is asked, 0", "bert is asked, 0", "anna is asked, 1", "bert is asked, 1");
    }

    @Test
    void aBroadcastWithoutRecipientsExpectsNoAck() {
        var expected = new ArrayList<Integer>();
        plain.broadcastWithAck(packet("ready?"), to("empty"), new RecordingAckSink(expected));
        flushLoop();
        assertThat(expected).containsExactly(0);
    }

    /// What was sent before a client reconnected is among what it missed; what is sent after follows it.
    @Test
    void aRecoveredClientReceivesPacketsInOrder() {
        recovering.persistSession(saved("carl"));
        recovering.broadcast(packet("before"), to());
        recovering.restoreSession("pid carl", "", channel.eventLoop(), restored -> {
            restored.ifPresent(found -> found.missedPackets()
                    .forEach(asked ->
                            story.add("carl missed " + asked.packet().data().json())));
            recovering.rooms().shard(channel.eventLoop()).add(new RecordingSocket("carl", recovering).member);
        });
        recovering.broadcast(packet("after"), to("carl"));
        flushLoop();
        assertThat(story)
                .filteredOn(line -> line.startsWith("carl"))
                .containsExactly("carl missed [\"before\",\"now.1\"]", "carl receives 42/caps,[\"after\",\"now.2\"]");
    }

    @Test
    void anExpiredSessionIsNotRestored() {
        recovering.persistSession(saved("carl"));
        ticker.advance(121, TimeUnit.SECONDS);
        recovering.restoreSession(
                "pid carl", "", channel.eventLoop(), restored -> story.add("restored: " + restored.isPresent()));
        flushLoop();
        assertThat(story).containsExactly("carl is gone", "restored: false");
    }

    @Test
    void socketsAreFetchedMovedAndDisconnected() {
        plain.socketsJoin(Target.ALL.to("anna"), Set.of("kitchen"), false);
        plain.socketsLeave(Target.ALL.to("bert"), Set.of("cellar"), false);
        plain.disconnectSockets(Target.ALL.except("anna"), true, false);
        assertThat(story).containsExactly("anna joins [kitchen]", "bert leaves [cellar]", "bert is disconnected, true");
        assertThat(plain.fetchSockets(Target.ALL, false).toCompletableFuture().join())
                .extracting(SocketDetails::id)
                .containsExactlyInAnyOrder("anna", "bert");
        assertThat(plain.allRooms(false).toCompletableFuture().join()).contains("anna", "bert");
    }

    private SavedSession saved(String id) {
        return new SavedSession("pid " + id, id, List.of(), null, 0, 0, List.of(), () -> story.add(id + " is gone"));
    }

    private static Packet.Event packet(String name) {
        return JsonWriter.event("/caps", Packet.NO_ACK, name);
    }

    private static BroadcastOptions to(String... rooms) {
        return new BroadcastOptions(Target.ALL.to(rooms), FrameOptions.RELIABLE, false);
    }

    private void flushLoop() {
        channel.runPendingTasks();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runPendingTasks();
    }

    /// A socket that adds to the story what happens to it.
    private final class RecordingSocket implements LocalSocket, FrameSink {

        private final String name;
        private final Member member;

        RecordingSocket(String name, LocalAdapter adapter) {
            this.name = name;
            this.member = new Member(name, this, channel.eventLoop(), this);
            assertThat(adapter.rooms().shard(channel.eventLoop()).members(Target.ALL.to(name)))
                    .isEmpty();
        }

        private void record(String what) {
            story.add(name + " " + what);
        }

        @Override
        public void emitWithAck(Packet.Event packet, long number, AckSink answers) {
            record("is asked, " + number);
        }

        @Override
        public void join(Iterable<String> rooms) {
            record("joins " + rooms);
        }

        @Override
        public void leave(Iterable<String> rooms) {
            record("leaves " + rooms);
        }

        @Override
        public void disconnect(boolean close) {
            record("is disconnected, " + close);
        }

        @Override
        public SocketDetails details() {
            return new SocketDetails(name, Set.of(), null);
        }

        @Override
        public void onSent(Packet.Event packet) {
            record("was sent " + packet.data());
        }

        @Override
        public void send(Frame frame) {
            record("receives " + frame.text());
        }

        @Override
        public boolean acceptsJoined() {
            return false;
        }

        @Override
        public void writeJoined(ByteBuf frames, int packets) {
            throw new AssertionError("joined frames, although there is no line for them");
        }
    }

    private record RecordingAckSink(List<Integer> expected) implements AckSink {

        @Override
        public void expectAcks(int sockets) {
            expected.add(sockets);
        }

        @Override
        public void onAck(Packet.AckPacket answer) {}

        @Override
        public void failed(String reason) {}

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void onFailure(Runnable action) {}
    }
}
