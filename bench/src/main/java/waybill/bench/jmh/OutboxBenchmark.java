package waybill.bench.jmh;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Outbox;

/// The cost of a frame that is queued for a slow socket: offered, and polled later or replaced.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OutboxBenchmark {

    private static final int FRAMES = 64;

    private final Outbox outbox = new Outbox(1_000, 1_000_000);
    private final Frame reliable = frame(FrameOptions.RELIABLE);
    private final Frame latest = frame(FrameOptions.RELIABLE.withKey("driver-17"));

    private static Frame frame(FrameOptions options) {
        return Frame.of(
                ByteBufAllocator.DEFAULT,
                "42" + SampleMessages.NAMESPACE + ",",
                "[" + SampleMessages.RECEIVED + "]",
                List.of(),
                options);
    }

    @TearDown
    public void release() {
        outbox.clear();
        reliable.release();
        latest.release();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int reliable() {
        return offered(reliable);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int latest() {
        return offered(latest);
    }

    private int offered(Frame frame) {
        for (var i = 0; i < FRAMES; i++) {
            outbox.offer(frame);
        }
        var polled = 0;
        for (var next = outbox.poll(); next != null; next = outbox.poll()) {
            next.release();
            polled++;
        }
        return polled;
    }
}
