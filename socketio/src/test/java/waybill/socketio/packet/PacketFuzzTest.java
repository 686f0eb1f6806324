package waybill.socketio.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.Vectors.Vector;

/// Looks for texts that the codecs cannot bear. The normal build tries the vectors; to search for more, run one test
/// with `JAZZER_FUZZ=1` in the environment: `JAZZER_FUZZ=1 mvn test -pl socketio -Dtest=PacketFuzzTest#packet`.
class PacketFuzzTest {

    static Stream<byte[]> packets() {
        return texts("/packet/packets.vectors");
    }

    static Stream<byte[]> values() {
        return texts("/packet/json.vectors");
    }

    private static Stream<byte[]> texts(String resource) {
        return Vectors.of(resource).stream().map(Vector::text).map(text -> text.getBytes(UTF_8));
    }

    /// Any text is a packet that can be written and read again, or is refused.
    @MethodSource("packets")
    @FuzzTest(maxDuration = "60s")
    void packet(byte[] bytes) throws ProtocolException {
        Packet packet;
        try {
            packet = PacketCodec.decode(new String(bytes, UTF_8), PacketLimits.defaults())
                    .packet();
        } catch (ProtocolException _) {
            return;
        }
        assertThat(PacketCodec.decode(PacketCodec.encode(packet), PacketLimits.defaults())
                        .packet())
                .isEqualTo(packet);
    }

    /// Any text is a JSON value that can be written and read again, or is refused.
    @MethodSource("values")
    @FuzzTest(maxDuration = "60s")
    void json(byte[] bytes) throws ProtocolException {
        var text = new String(bytes, UTF_8);
        try {
            JsonScanner.check(text, 0, PacketLimits.DEPTH_MAX);
        } catch (ProtocolException _) {
            return;
        }
        var written = JsonWriter.json(JsonReader.read(text, 0, text.length(), List.of()));
        JsonScanner.check(written, 0, PacketLimits.DEPTH_MAX);
        var read = JsonReader.read(written, 0, written.length(), List.of());
        assertThat(JsonWriter.json(read)).isEqualTo(written);
    }
}
