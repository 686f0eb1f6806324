package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Target;

/// The rooms of a namespace whose sockets are on two event loops.
class RoomsTest {

    private static final int MESSAGES = 1_000;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Rooms rooms = new Rooms(allocator);
    private final EventExecutorGroup loops = new DefaultEventExecutorGroup(2);
    private final List<Member> members = new ArrayList<>();
    private final List<ConcurrentLinkedQueue<String>> received = new ArrayList<>();

    @BeforeEach
    void addTwoSocketsToEachLoop() {
        for (int i = 0; i < 4; i++) {
            var loop = loops.next();
            var words = new ConcurrentLinkedQueue<String>();
            var member = new Member(
                    "m" + i,
                    new FrameSink() {
                        @Override
                        public void send(Frame frame) {
                            words.add(frame.text());
                        }

                        @Override
                        public boolean acceptsJoined() {
                            return true;
                        }

                        @Override
                        public void writeJoined(ByteBuf frames, int packets) {
                            words.addAll(FrameReader.messages(frames));
                            frames.release();
                        }
                    },
                    loop,
                    words);
            on(loop, () -> rooms.shard(loop).add(member));
            members.add(member);
            received.add(words);
        }
    }

    @AfterEach
    void stopLoopsAndAssertBuffersReleased() throws InterruptedException {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).await();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aRoomIsTheSumOfItsShards() {
        for (int i : new int[] {0, 1, 3}) {
            join("kitchen", members.get(i));
        }
        broadcast(Target.ALL.to("kitchen").except("m3"), "dinner");
        assertThat(rooms.gather(Target.ALL.to("kitchen"), Member::id, true)
                        .toCompletableFuture()
                        .join())
                .containsExactlyInAnyOrder("m0", "m1", "m3");
        assertThat(rooms.names().toCompletableFuture().join())
                .containsExactlyInAnyOrder("kitchen", "m0", "m1", "m2", "m3");
        awaitLoops();
        assertThat(received.stream().map(List::copyOf))
                .containsExactly(List.of("dinner"), List.of("dinner"), List.of(), List.of());
    }

    @Test
    void broadcastsOfOneThreadArriveInOrderOnEveryLoop() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < MESSAGES; i++) {
            broadcast(Target.ALL, "w" + i);
            expected.add("w" + i);
        }
        awaitLoops();
        assertThat(received).allSatisfy(words -> assertThat(words).containsExactlyElementsOf(expected));
    }

    @Test
    void aBroadcastOnItsOwnLoopDoesNotOvertakeAnEarlierOneOfAnotherThread() {
        var loop = members.getFirst().loop();
        on(loop, () -> {
            CompletableFuture.runAsync(() -> broadcastAtOnce("first")).join();
            broadcastAtOnce("second");
        });
        awaitLoops();
        on(loop, () -> broadcastAtOnce("third"));
        awaitLoops();
        assertThat(received).allSatisfy(words -> assertThat(words).containsExactly("first", "second", "third"));
    }

    private void broadcastAtOnce(String text) {
        rooms.broadcast(Target.ALL, Frame.of(allocator, "", text, List.of(), FrameOptions.RELIABLE), false);
    }

    @Test
    void aFailingGatherFailsItsFuture() {
        var answers = rooms.gather(Target.ALL, _ -> failing(), true).toCompletableFuture();
        assertThat(answers.handle((_, error) -> String.valueOf(error)).join()).contains("no idea");
    }

    private static String failing() {
        throw new IllegalStateException("no idea");
    }

    @Test
    void everyMemberIsVisitedOnItsOwnLoop() {
        var visited = new ConcurrentLinkedQueue<Boolean>();
        rooms.forEach(Target.ALL, member -> visited.add(member.loop().inEventLoop()));
        awaitLoops();
        assertThat(visited).containsExactly(true, true, true, true);
    }

    /// While a server closes, its loops stop one after the other.
    @Test
    void aLoopThatHasStoppedHasNoMembers() throws InterruptedException {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        broadcast(Target.ALL, "late");
        rooms.forEach(Target.ALL, member -> received.getFirst().add(member.id()));
        assertThat(rooms.gather(Target.ALL, Member::id, true)).isCompletedWithValue(List.of());
        assertThat(received).allMatch(ConcurrentLinkedQueue::isEmpty);
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    private void broadcast(Target target, String text) {
        rooms.broadcast(target, Frame.of(allocator, "", text, List.of(), FrameOptions.RELIABLE), true);
    }

    private void join(String room, Member member) {
        on(member.loop(), () -> rooms.shard(member.loop()).join(room, member));
    }

    /// Returns when each loop has run its earlier tasks, and has flushed the queued frames.
    private void awaitLoops() {
        for (var member : members) {
            on(member.loop(), () -> rooms.shard(member.loop()).flush());
        }
    }

    private static void on(EventExecutor loop, Runnable action) {
        CompletableFuture.runAsync(action, loop).join();
    }
}
