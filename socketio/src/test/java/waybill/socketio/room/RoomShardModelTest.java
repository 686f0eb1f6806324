package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.RoomListener;
import waybill.socketio.adapter.Target;

/// Joins, leaves, broadcasts and words to one alone, at random, against a model so simple that it can be seen to
/// be right: each member of a room receives a broadcast to it, once, in the order of the broadcasts, whenever the
/// rooms are settled. A run is a function of its seed.
class RoomShardModelTest {

    private static final int STEPS = 600;
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
    private static final List<String> ROOMS = List.of("r0", "r1", "r2", "r3", "a", "f"); // some bear a socket's name

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyMemberReceivesWhatTheModelPredicts(long seed) {
        var world = new Model(seed);
        for (int i = 0; i < STEPS; i++) {
            world.step();
            if (i % 50 == 0) {
                world.assertAgreement("in the midst of it", false);
            }
        }
        world.flush();
        world.assertAgreement("at the end", true);
        world.leaveAll();
        assertThat(world.allocator.metric().usedDirectMemory()).isZero();
    }

    /// One socket of the model: its rooms, and what it must receive.
    private static final class ModelMember {

        private final RecordingSink listener;
        private final Member member;
        private final Set<String> rooms = new HashSet<>();
        private final List<String> expected = new ArrayList<>();

        ModelMember(String id, RecordingSink listener, EmbeddedChannel channel) {
            this.listener = listener;
            this.member = new Member(id, listener, channel.eventLoop(), listener);
            rooms.add(id);
        }

        boolean isAnyOf(Set<String> names) {
            return names.stream().anyMatch(rooms::contains);
        }
    }

    private static final class Model {

        private final SplittableRandom random;
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
        private final RoomShard shard = new RoomShard(channel.eventLoop(), allocator, RoomListener.NONE);
        private final Map<String, ModelMember> present = new LinkedHashMap<>();
        private final List<ModelMember> all = new ArrayList<>();
        private int sentCount;

        Model(long seed) {
            random = new SplittableRandom(seed);
            channel.freezeTime();
        }

        void step() {
            var id = IDS.get(random.nextInt(IDS.size()));
            var person = present.get(id);
            if (person == null) {
                addMember(id);
                return;
            }
            switch (random.nextInt(16)) {
                case 0 -> removeMember(id, person);
                case 1, 2, 3 -> join(person, room());
                case 4, 5 -> leaveRoom(person, room());
                case 6, 7, 8, 9, 10, 11 -> broadcast(target());
                case 12 -> sendToOne(person);
                case 13 -> channel.runPendingTasks();
                case 14 -> channel.advanceTimeBy(random.nextInt(2_000), TimeUnit.MICROSECONDS);
                default -> flush();
            }
        }

        private void addMember(String id) {
            var person = new ModelMember(id, new RecordingSink(() -> random.nextInt(3) > 0), channel);
            present.put(id, person);
            all.add(person);
            shard.add(person.member);
        }

        private void removeMember(String id, ModelMember person) {
            present.remove(id);
            person.rooms.clear();
            shard.remove(person.member);
        }

        private void join(ModelMember person, String room) {
            person.rooms.add(room);
            shard.join(room, person.member);
        }

        /// A socket's own id is no room that it could leave.
        private void leaveRoom(ModelMember person, String room) {
            if (!room.equals(person.member.id())) {
                person.rooms.remove(room);
                shard.leave(room, person.member);
            }
        }

        private void broadcast(Target target) {
            var frame = frame(random.nextInt(5));
            for (var person : present.values()) {
                boolean meant = target.rooms().isEmpty() || person.isAnyOf(target.rooms());
                if (meant && !person.isAnyOf(target.except())) {
                    person.expected.add(frame.text());
                }
            }
            shard.broadcast(target, frame);
            frame.release();
        }

        private void sendToOne(ModelMember person) {
            var frame = frame(0);
            person.expected.add(frame.text());
            shard.flushFor(person.member);
            person.listener.send(frame);
            frame.release();
        }

        private Frame frame(int manner) {
            var options = switch (manner) {
                case 0 -> FrameOptions.RELIABLE.withKind(FrameKind.VOLATILE);
                case 1 -> FrameOptions.RELIABLE.withKey("k" + random.nextInt(3));
                default -> FrameOptions.RELIABLE;
            };
            int length = random.nextInt(50) == 0 ? 40_000 : random.nextInt(200); // two long ones settle a room
            return Frame.of(allocator, sentCount++ + ".", "x".repeat(length), List.of(), options);
        }

        private Target target() {
            var rooms = names(3);
            var except = random.nextInt(3) == 0 ? names(2) : Set.<String>of();
            return new Target(rooms, except);
        }

        private Set<String> names(int max) {
            var names = new LinkedHashSet<String>();
            for (int n = random.nextInt(max + 1); n > 0; n--) {
                names.add(random.nextInt(4) == 0 ? IDS.get(random.nextInt(IDS.size())) : room());
            }
            return names;
        }

        private String room() {
            return ROOMS.get(random.nextInt(ROOMS.size()));
        }

        void flush() {
            channel.runPendingTasks();
            channel.advanceTimeBy(1, TimeUnit.HOURS);
            channel.runPendingTasks();
        }

        /// What was received so far is the beginning of what must be received, or all of it.
        void assertAgreement(String when, boolean whole) {
            for (var person : all) {
                var received = person.listener.received();
                int count = Math.min(received.size(), person.expected.size());
                assertThat(received).as(when).isEqualTo(whole ? person.expected : person.expected.subList(0, count));
            }
        }

        void leaveAll() {
            List.copyOf(present.values()).forEach(person -> shard.remove(person.member));
            assertThat(shard.members(Target.ALL)).isEmpty();
        }
    }
}
