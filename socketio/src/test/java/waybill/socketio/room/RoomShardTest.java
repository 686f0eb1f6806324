package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.room.Frame.Kind;
import waybill.socketio.room.Frame.Options;

class RoomShardTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final RoomShard shard = new RoomShard(channel.eventLoop(), allocator);
    private final Listener anna = new Listener(() -> true);
    private final Listener bert = new Listener(() -> true);
    private final Member annasSeat = seat("anna", anna);
    private final Member bertsSeat = seat("bert", bert);

    private Member seat(String id, Line line) {
        var member = new Member(id, line, channel.eventLoop(), line);
        shard.add(member);
        return member;
    }

    @AfterEach
    void allMemoryIsGivenBack() {
        quiet();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aRoomHearsWhatIsSaidToItAndNobodyElseDoes() {
        shard.join("kitchen", annasSeat);
        say(Target.EVERYONE.to("kitchen"), "dinner");
        quiet();
        assertThat(anna.heard()).containsExactly("dinner");
        assertThat(bert.heard()).isEmpty();
    }

    @Test
    void aSocketInTwoRoomsIsToldOnce() {
        shard.join("kitchen", annasSeat);
        shard.join("cellar", annasSeat);
        shard.join("cellar", bertsSeat);
        say(Target.EVERYONE.to("kitchen", "cellar", "anna"), "dinner");
        quiet();
        assertThat(anna.heard()).containsExactly("dinner");
        assertThat(bert.heard()).containsExactly("dinner");
    }

    @Test
    void whatIsSaidInOnePassReachesAMemberJoined() {
        for (int i = 0; i < 5; i++) {
            say(Target.EVERYONE, "m" + i);
        }
        quiet();
        assertThat(anna.heard()).containsExactly("m0", "m1", "m2", "m3", "m4");
        assertThat(anna.joined()).isEqualTo(1);
    }

    @Test
    void whoIsInTwoRoomsHearsBothInTheOrderInWhichThingsWereSaid() {
        shard.join("kitchen", annasSeat);
        shard.join("cellar", annasSeat);
        say(Target.EVERYONE.to("kitchen"), "1");
        say(Target.EVERYONE.to("cellar"), "2");
        say(Target.EVERYONE, "3");
        say(Target.EVERYONE.to("kitchen"), "4");
        quiet();
        assertThat(anna.heard()).containsExactly("1", "2", "3", "4");
        assertThat(bert.heard()).containsExactly("3");
    }

    @Test
    void aNewcomerDoesNotHearWhatWasSaidBefore() {
        shard.join("kitchen", annasSeat);
        say(Target.EVERYONE.to("kitchen"), "before");
        shard.join("kitchen", bertsSeat);
        say(Target.EVERYONE.to("kitchen"), "after");
        quiet();
        assertThat(anna.heard()).containsExactly("before", "after");
        assertThat(bert.heard()).containsExactly("after");
    }

    @Test
    void whoLeavesHearsWhatWasSaidBefore() {
        shard.join("kitchen", annasSeat);
        say(Target.EVERYONE.to("kitchen"), "before");
        shard.leave("kitchen", annasSeat);
        say(Target.EVERYONE.to("kitchen"), "after");
        quiet();
        assertThat(anna.heard()).containsExactly("before");
    }

    @Test
    void whatIsSaidToOneAloneComesBehindWhatWasSaidToItsRooms() {
        say(Target.EVERYONE, "to all");
        shard.settleFor(annasSeat);
        anna.heard().add("to anna");
        quiet();
        assertThat(anna.heard()).containsExactly("to all", "to anna");
    }

    @Test
    void thatWhichMayBeLostIsOfferedAtOnce() {
        var frame = Frame.of(allocator, "", "now", List.of(), Options.RELIABLE.withKind(Kind.VOLATILE));
        shard.broadcast(Target.EVERYONE, frame);
        frame.release();
        assertThat(anna.heard()).containsExactly("now");
    }

    /// A pass cannot pile up memory: a room that is told much is settled in the midst of it.
    @Test
    void aRoomThatIsToldMuchIsSettledBeforeThePassEnds() {
        for (int i = 0; i < 100; i++) {
            say(Target.EVERYONE, "x".repeat(1_000));
        }
        assertThat(anna.heard()).hasSizeGreaterThan(60);
        quiet();
        assertThat(anna.heard()).hasSize(100);
    }

    @Test
    void roomsThatAreEmptyAreForgotten() {
        shard.join("kitchen", annasSeat);
        shard.join("cellar", annasSeat);
        assertThat(annasSeat.roomNames()).containsExactlyInAnyOrder("kitchen", "cellar");
        shard.leave("kitchen", annasSeat);
        shard.leave("kitchen", annasSeat);
        shard.remove(annasSeat);
        assertThat(annasSeat.roomNames()).isEmpty();
        assertThat(shard.members(Target.EVERYONE.to("cellar", "anna"))).isEmpty();
        assertThat(shard.members(Target.EVERYONE)).containsExactly(bertsSeat);
    }

    private void say(Target target, String text) {
        var frame = Frame.of(allocator, "", text, List.of(), Options.RELIABLE);
        shard.broadcast(target, frame);
        frame.release();
    }

    private void quiet() {
        channel.runPendingTasks();
        channel.advanceTimeBy(1, TimeUnit.HOURS);
        channel.runPendingTasks();
    }
}
