package waybill.socketio.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.Vectors;
import waybill.socketio.packet.Vectors.Vector;

/// Looks for payloads that the codec cannot bear. The normal build tries the vectors; to search for more:
/// `JAZZER_FUZZ=1 mvn test -pl socketio -Dtest=PayloadFuzzTest`.
class PayloadFuzzTest {

    static Stream<byte[]> payloads() {
        return Vectors.of("/engine/payloads.vectors").stream().map(Vector::text).map(text -> text.getBytes(UTF_8));
    }

    /// Any text is packets that can be written and read again, or is refused.
    @MethodSource("payloads")
    @FuzzTest(maxDuration = "60s")
    void payload(byte[] bytes) throws ProtocolException {
        List<EnginePacket> packets;
        try {
            packets = EngineCodec.decodePayload(new String(bytes, UTF_8));
        } catch (ProtocolException _) {
            return;
        }
        var written = written(packets);
        assertThat(written(EngineCodec.decodePayload(written))).isEqualTo(written);
    }

    private static String written(List<EnginePacket> packets) {
        return packets.stream()
                .map(EngineCodec::encode)
                .collect(Collectors.joining(String.valueOf(EngineCodec.SEPARATOR)));
    }
}
