package waybill.bench.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Target;
import waybill.socketio.room.Frame;
import waybill.socketio.room.FrameSink;
import waybill.socketio.room.Member;
import waybill.socketio.room.Rooms;

/// The cost of one event-loop pass for a room, without sockets: some frames, sent to every member.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = SampleMessages.AS_ON_A_LOOP)
public class BroadcastBenchmark {

    private static final String ROOM = "order:order-17";

    @Param({"3", "1000"})
    private int members;

    @Param({"1", "4"})
    private int frames;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Rooms rooms = new Rooms(ByteBufAllocator.DEFAULT);
    private final Target target = new Target(Set.of(ROOM), Set.of());
    private final Frame frame = Frame.of(
            ByteBufAllocator.DEFAULT,
            "42" + SampleMessages.NAMESPACE + ",",
            "[\"driver:location_update\"," + SampleMessages.RECEIVED + "]",
            List.of(),
            FrameOptions.RELIABLE);
    private final Sink sink = new Sink();

    /// Discards all frames.
    private static final class Sink implements FrameSink {

        private long bytes;

        @Override
        public void send(Frame frame) {
            bytes += frame.size();
        }

        @Override
        public boolean acceptsJoined() {
            return true;
        }

        @Override
        public void writeJoined(ByteBuf frames, int packets) {
            bytes += frames.readableBytes();
            frames.release();
        }
    }

    @Setup
    public void join() {
        var shard = rooms.shard(channel.eventLoop());
        for (var i = 0; i < members; i++) {
            var member = new Member("socket-" + i, sink, channel.eventLoop(), sink);
            shard.add(member);
            shard.join(ROOM, member);
        }
    }

    @TearDown
    public void leave() {
        frame.release();
        channel.finishAndReleaseAll();
    }

    /// One pass, from the first frame to the last write.
    @Benchmark
    public long pass() {
        for (var i = 0; i < frames; i++) {
            rooms.broadcast(target, frame.retain(), false);
        }
        channel.runPendingTasks();
        return sink.bytes;
    }
}
