package waybill.bench.jmh;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import waybill.socketio.RawJson;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.PacketCodec;
import waybill.socketio.packet.PacketDecoder;
import waybill.socketio.room.Frame;

/// The cost of decoding a position, and of encoding it before it is sent.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = SampleMessages.AS_ON_A_LOOP)
public class CodecBenchmark {

    private final PacketDecoder decoder = new PacketDecoder(PacketLimits.defaults(), _ -> true);
    private final RawJson received = new RawJson(SampleMessages.RECEIVED);

    /// Text to packet.
    @Benchmark
    public @Nullable Packet decode() throws ProtocolException {
        return decoder.decodeText(SampleMessages.SENT);
    }

    /// Arguments to a frame for all sockets.
    @Benchmark
    public int encode() {
        var packet = JsonWriter.event(SampleMessages.NAMESPACE, Packet.NO_ACK, "driver:location_update", received);
        var frame = Frame.of(
                ByteBufAllocator.DEFAULT,
                PacketCodec.head(packet),
                PacketCodec.data(packet),
                List.of(),
                FrameOptions.RELIABLE);
        var size = frame.size();
        frame.release();
        return size;
    }
}
