package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.Vectors.Vector;

class PacketCodecTest {

    private static final byte[] ATTACHMENT = {1, 2, 3};

    static List<Vector> vectors() {
        return Vectors.of("/packet/packets.vectors");
    }

    static List<Vector> accepted() {
        return vectors().stream().filter(Vector::isAccepted).toList();
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("vectors")
    void agreesWithTheVectors(Vector vector) {
        assertThat(Vectors.outcome(PacketCodecTest::outcome, vector.text())).isEqualTo(vector.expected());
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("accepted")
    void acceptedPacketsRoundTrip(Vector vector) throws ProtocolException {
        var packet = decodeWhole(vector.text());
        assertThat(decodeWhole(PacketCodec.encode(packet))).isEqualTo(packet);
    }

    @Test
    void isTotal() {
        var noise = new RandomTexts(1, vectors().stream().map(Vector::text).toList());
        for (int i = 0; i < 100_000; i++) {
            assertThat(Vectors.outcome(PacketCodecTest::outcome, noise.next())).isNotEmpty();
        }
    }

    @Test
    void acceptedRandomTextsRoundTrip() {
        var noise = new RandomTexts(2, accepted().stream().map(Vector::text).toList());
        int accepted = 0;
        for (int i = 0; i < 50_000; i++) {
            try {
                var packet = decodeWhole(noise.next());
                assertThat(decodeWhole(PacketCodec.encode(packet))).isEqualTo(packet);
                accepted++;
            } catch (ProtocolException e) {
                assertThat(e).hasMessageContaining("(expected: ");
            }
        }
        assertThat(accepted).isGreaterThan(1_000);
    }

    @Test
    void writesAPlainPacketUnchanged() throws ProtocolException {
        for (var text : List.of("0", "0/caps,{\"token\":\"t\"}", "1/caps,", "2[\"a\"]", "2/caps,7[\"a\",{}]", "37[]")) {
            assertThat(PacketCodec.encode(decodeWhole(text))).isEqualTo(text);
        }
    }

    @Test
    void countsTheAttachmentsInTheTypeItWrites() {
        var binary = List.of(ATTACHMENT, ATTACHMENT);
        var data = JsonArray.ofTrusted("[\"a\"]");
        assertThat(PacketCodec.encode(new Packet.Event("/", Packet.NO_ACK, data, binary)))
                .isEqualTo("52-[\"a\"]");
        assertThat(PacketCodec.encode(new Packet.AckPacket("/caps", 7, data, binary)))
                .isEqualTo("62-/caps,7[\"a\"]");
    }

    private static String outcome(String text) throws ProtocolException {
        var head = PacketCodec.decode(text, PacketLimits.defaults());
        return head.packet() + (head.attachments() == 0 ? "" : " and " + head.attachments() + " to follow");
    }

    /// The packet with all its attachments, each the same bytes.
    private static Packet decodeWhole(String text) throws ProtocolException {
        var head = PacketCodec.decode(text, PacketLimits.defaults());
        var attachments = new ArrayList<byte[]>();
        for (int i = 0; i < head.attachments(); i++) {
            attachments.add(ATTACHMENT);
        }
        return switch (head.packet()) {
            case Packet.Event(var namespace, long id, var data, var _) ->
                new Packet.Event(namespace, id, data, attachments);
            case Packet.AckPacket(var namespace, long id, var data, var _) ->
                new Packet.AckPacket(namespace, id, data, attachments);
            case Packet.Connect connect -> connect;
            case Packet.Disconnect disconnect -> disconnect;
            case Packet.ConnectError error -> error;
        };
    }
}
