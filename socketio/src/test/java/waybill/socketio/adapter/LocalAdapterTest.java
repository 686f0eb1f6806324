package waybill.socketio.adapter;

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
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Frame.Options;
import waybill.socketio.room.Line;
import waybill.socketio.room.Member;
import waybill.socketio.room.Target;

class LocalAdapterTest {

    private static final Recovery RECOVERY = new Recovery(Duration.ofMinutes(2), 100, 100, false);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Adapter plain = new LocalAdapter(allocator, null, "now.", ticker);
    private final Adapter recovering = new LocalAdapter(allocator, RECOVERY, "now.", ticker);
    private final List<String> story = new ArrayList<>();

    @BeforeEach
    void annaAndBertAreThere() {
        for (var adapter : List.of(plain, recovering)) {
            for (var name : List.of("anna", "bert")) {
                adapter.rooms().shard(channel.eventLoop()).add(new Person(name, adapter).member);
            }
        }
    }

    @AfterEach
    void allMemoryIsGivenBack() {
        channel.runPendingTasks();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aPacketIsSaidAsItIsWithoutRecovery() {
        plain.broadcast(packet("hi"), to("anna"));
        quiet();
        assertThat(story).containsExactly("anna hears 42/caps,[\"hi\"]");
        assertThat(plain.isRecovering()).isFalse();
    }

    @Test
    void aPacketIsSaidWithItsOffsetWithRecovery() {
        recovering.broadcast(packet("hi"), to("anna"));
        quiet();
        assertThat(story).containsExactly("anna hears 42/caps,[\"hi\",\"now.1\"]");
        assertThat(recovering.recoveryMark()).isEqualTo(1);
    }

    @Test
    void whatMayBeLostIsNotRemembered() {
        var target = Target.EVERYONE.to("anna");
        var latest = Options.RELIABLE.withKey("k");
        recovering.broadcast(packet("position"), new Delivery(target, latest, false));
        recovering.broadcast(
                packet("flicker"), new Delivery(target, Options.RELIABLE.withKind(Frame.Kind.VOLATILE), false));
        quiet();
        assertThat(story)
                .containsExactlyInAnyOrder("anna hears 42/caps,[\"position\"]", "anna hears 42/caps,[\"flicker\"]");
        assertThat(recovering.recoveryMark()).isZero();
    }

    @Test
    void everyoneAskedIsExpectedToAnswer() {
        var expected = new ArrayList<Integer>();
        for (var adapter : List.of(plain, recovering)) {
            adapter.broadcastWithAck(packet("who?"), to(), new Expecting(expected));
            quiet();
        }
        assertThat(expected).containsExactly(2, 2);
        assertThat(story)
                .containsExactly("anna is asked, 0", "bert is asked, 0", "anna is asked, 1", "bert is asked, 1");
    }

    @Test
    void aQuestionToNobodyExpectsNoAnswer() {
        var expected = new ArrayList<Integer>();
        plain.broadcastWithAck(packet("who?"), to("nobody"), new Expecting(expected));
        quiet();
        assertThat(expected).containsExactly(0);
    }

    /// What was said before a client came back is among what it missed; what is said after comes behind it.
    @Test
    void aClientThatComesBackFallsInLine() {
        recovering.persist(saved("carl"));
        recovering.broadcast(packet("before"), to());
        recovering.restore("pid carl", "", channel.eventLoop(), restored -> {
            restored.ifPresent(found -> found.missed()
                    .forEach(asked ->
                            story.add("carl missed " + asked.packet().data().json())));
            recovering.rooms().shard(channel.eventLoop()).add(new Person("carl", recovering).member);
        });
        recovering.broadcast(packet("after"), to("carl"));
        quiet();
        assertThat(story)
                .filteredOn(line -> line.startsWith("carl"))
                .containsExactly("carl missed [\"before\",\"now.1\"]", "carl hears 42/caps,[\"after\",\"now.2\"]");
    }

    @Test
    void aClientThatComesBackTooLateIsUnknown() {
        recovering.persist(saved("carl"));
        ticker.advance(121, TimeUnit.SECONDS);
        recovering.restore(
                "pid carl", "", channel.eventLoop(), restored -> story.add("restored: " + restored.isPresent()));
        quiet();
        assertThat(story).containsExactly("carl is gone", "restored: false");
    }

    @Test
    void socketsAreFetchedMovedAndPutOut() {
        plain.socketsJoin(Target.EVERYONE.to("anna"), Set.of("kitchen"), false);
        plain.socketsLeave(Target.EVERYONE.to("bert"), Set.of("cellar"), false);
        plain.disconnectSockets(Target.EVERYONE.except("anna"), true, false);
        assertThat(story).containsExactly("anna joins [kitchen]", "bert leaves [cellar]", "bert is put out, true");
        assertThat(plain.fetchSockets(Target.EVERYONE, false)
                        .toCompletableFuture()
                        .join())
                .extracting(SocketDetails::id)
                .containsExactlyInAnyOrder("anna", "bert");
    }

    private SavedSession saved(String id) {
        return new SavedSession("pid " + id, id, List.of(), null, 0, 0, List.of(), () -> story.add(id + " is gone"));
    }

    private static Packet.Event packet(String name) {
        return JsonWriter.event("/caps", Packet.NO_ACK, name);
    }

    private static Delivery to(String... rooms) {
        return new Delivery(Target.EVERYONE.to(rooms), Options.RELIABLE, false);
    }

    private void quiet() {
        channel.runPendingTasks();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runPendingTasks();
    }

    /// A socket that adds to the story what happens to it.
    private final class Person implements LocalSocket, Line {

        private final String name;
        private final Member member;

        Person(String name, Adapter adapter) {
            this.name = name;
            this.member = new Member(name, this, channel.eventLoop(), this);
            assertThat(adapter.rooms().shard(channel.eventLoop()).members(Target.EVERYONE.to(name)))
                    .isEmpty();
        }

        private void tell(String what) {
            story.add(name + " " + what);
        }

        @Override
        public void ask(Packet.Event packet, long number, Answers answers) {
            tell("is asked, " + number);
        }

        @Override
        public void join(Iterable<String> rooms) {
            tell("joins " + rooms);
        }

        @Override
        public void leave(Iterable<String> rooms) {
            tell("leaves " + rooms);
        }

        @Override
        public void disconnect(boolean close) {
            tell("is put out, " + close);
        }

        @Override
        public SocketDetails details() {
            return new SocketDetails(name, Set.of(), null);
        }

        @Override
        public void sent(Packet.Event packet) {
            tell("was sent " + packet.data());
        }

        @Override
        public void send(Frame frame) {
            tell("hears " + frame.text());
        }

        @Override
        public boolean takesJoined() {
            return false;
        }

        @Override
        public void writeJoined(ByteBuf frames) {
            throw new AssertionError("joined frames, although there is no line for them");
        }
    }

    private record Expecting(List<Integer> expected) implements Answers {

        @Override
        public void expect(int sockets) {
            expected.add(sockets);
        }

        @Override
        public void answered(Packet.Ack answer) {}

        @Override
        public void lost(String reason) {}

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void whenFailed(Runnable action) {}
    }
}
