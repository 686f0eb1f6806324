package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.RandomTexts;
import waybill.socketio.packet.Vectors;
import waybill.socketio.packet.Vectors.Vector;

class EngineCodecTest {

    private static final String SEPARATOR = String.valueOf(EngineCodec.SEPARATOR);

    static List<Vector> frames() {
        return Vectors.of("/engine/frames.vectors");
    }

    static List<Vector> payloads() {
        return Vectors.of("/engine/payloads.vectors");
    }

    static List<Vector> acceptedFrames() {
        return frames().stream().filter(Vector::isAccepted).toList();
    }

    static List<Vector> acceptedPayloads() {
        return payloads().stream().filter(Vector::isAccepted).toList();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("frames")
    void agreesWithTheFrames(Vector vector) {
        assertThat(Vectors.outcome(EngineCodecTest::frame, vector.text())).isEqualTo(vector.expected());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("payloads")
    void agreesWithThePayloads(Vector vector) {
        assertThat(Vectors.outcome(EngineCodecTest::payload, vector.text())).isEqualTo(vector.expected());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("acceptedFrames")
    void encodesBackTheFramesThatItAccepts(Vector vector) throws ProtocolException {
        assertThat(frame(EngineCodec.encode(EngineCodec.decode(vector.text())))).isEqualTo(frame(vector.text()));
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("acceptedPayloads")
    void encodesBackThePayloadsThatItAccepts(Vector vector) throws ProtocolException {
        var again = EngineCodec.decodePayload(vector.text()).stream()
                .map(EngineCodec::encode)
                .collect(Collectors.joining(SEPARATOR));
        assertThat(payload(again)).isEqualTo(payload(vector.text()));
    }

    @Test
    void isTotal() {
        var good = payloads().stream().map(Vector::text).toList();
        var noise = new RandomTexts(4, good);
        for (int i = 0; i < 100_000; i++) {
            var text = noise.next();
            assertThat(Vectors.outcome(EngineCodecTest::frame, text)).isNotEmpty();
            assertThat(Vectors.outcome(EngineCodecTest::payload, text)).isNotEmpty();
        }
    }

    @Test
    void everyByteSurvivesAPayload() throws ProtocolException {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        for (int length = 0; length <= bytes.length; length++) {
            var sent = Arrays.copyOf(bytes, length);
            var received = EngineCodec.decodePayload(EngineCodec.encode(new EnginePacket.Binary(sent)));
            assertThat(received)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            EnginePacket.Binary.class,
                            binary -> assertThat(binary.bytes()).isEqualTo(sent));
        }
    }

    @Test
    void aPayloadPreservesPacketOrder() throws ProtocolException {
        var payload = new StringBuilder("40");
        for (int i = 1; i < 10_000; i++) {
            payload.append(EngineCodec.SEPARATOR).append('4').append(i);
        }
        var packets = EngineCodec.decodePayload(payload.toString());
        assertThat(packets).hasSize(10_000);
        for (int i = 0; i < packets.size(); i++) {
            assertThat(packets.get(i)).isEqualTo(new EnginePacket.Message(String.valueOf(i)));
        }
    }

    private static String frame(String text) throws ProtocolException {
        return format(EngineCodec.decode(text));
    }

    private static String payload(String text) throws ProtocolException {
        return EngineCodec.decodePayload(text).stream()
                .map(EngineCodecTest::format)
                .collect(Collectors.joining(" "));
    }

    private static String format(EnginePacket packet) {
        return switch (packet) {
            case EnginePacket.Binary(var bytes) -> "Binary[" + HexFormat.of().formatHex(bytes) + "]";
            case EnginePacket.Open _,
                    EnginePacket.Close _,
                    EnginePacket.Ping _,
                    EnginePacket.Pong _,
                    EnginePacket.Message _,
                    EnginePacket.Upgrade _,
                    EnginePacket.Noop _ -> packet.toString();
        };
    }

    @Test
    void theSeparatorIsTheRecordSeparatorOfAscii() {
        assertThat(SEPARATOR.getBytes(StandardCharsets.US_ASCII)).containsExactly(0x1E);
    }
}
