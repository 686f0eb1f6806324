package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.ProtocolException;

class MsgpackParserTest {

    private static final HexFormat HEX = HexFormat.of();

    private final MsgpackParser parser = new MsgpackParser();
    private final PacketParser.PacketStreamDecoder decoder = parser.decoder(PacketLimits.defaults(), _ -> true);

    private byte[] encoded(Packet packet) {
        var messages = parser.encode(packet);
        assertThat(messages.text()).isEmpty();
        assertThat(messages.binary()).hasSize(1);
        return messages.binary().getFirst();
    }

    private @Nullable Packet decoded(String hex) throws ProtocolException {
        return decoder.decodeBinary(HEX.parseHex(hex.replace(" ", "")));
    }

    @Test
    void packetsAreReadAsTheyWereWritten() throws ProtocolException {
        var big = new LinkedHashMap<String, Object>();
        for (int i = 0; i < 70_000; i++) {
            big.put("name " + i, i);
        }
        for (var packet : List.<Packet>of(
                new Packet.Connect("/", null),
                new Packet.Connect("/caps", "{\"token\":\"t\"}"),
                new Packet.Disconnect("/"),
                new Packet.AckPacket("/", 7, JsonArray.ofTrusted("[]"), List.of()),
                JsonWriter.event(
                        "/",
                        Packet.NO_ACK,
                        "a",
                        0,
                        -1,
                        127,
                        128,
                        -32,
                        -33,
                        40_000,
                        3_000_000_000L,
                        -9_007_199_254_740_991L),
                JsonWriter.event(
                        "/caps",
                        Packet.ACK_ID_MAX,
                        "å€𝄞",
                        1.5,
                        true,
                        false,
                        null,
                        "x".repeat(300),
                        "y".repeat(70_000)),
                JsonWriter.event("/", 1, "deep", List.of(List.of(), big), new int[20], new int[70_000]))) {
            assertThat(decoder.decodeBinary(encoded(packet))).isEqualTo(packet);
        }
    }

    @Test
    void binaryIsReadAsItWasWritten() throws ProtocolException {
        byte[][] all = {{}, {1}, new byte[300], new byte[70_000]};
        var packet = decoder.decodeBinary(encoded(JsonWriter.event("/", 7, "photo", (Object[]) all)));
        assertThat(packet).isInstanceOfSatisfying(Packet.Event.class, event -> {
            for (int i = 0; i < all.length; i++) {
                assertThat(JsonArray.of(event.data()).value(i + 1, event.attachments()))
                        .isEqualTo(all[i]);
            }
        });
    }

    @Test
    void aConnectErrorIsWrittenAsAClientReadsIt() {
        assertThat(encoded(new Packet.ConnectError("/", "{\"message\":\"no\"}")))
                .isEqualTo(HEX.parseHex(
                        "83a474797065" + "04" + "a36e7370" + "a12f" + "a464617461" + "81a76d657373616765a26e6f"));
    }

    @Test
    void javaScriptExtensionsAreDecoded() throws ProtocolException {
        // ["a", undefined, new Date(0), 2^64 - 1, float32 0.5, ArrayBuffer of two bytes], with options and an id
        var packet = decoded(
                "85 a474797065 02 a36e7370 a3 2f 6e 73 a269 64 03 a76f7074696f6e73 81 a8636f6d7072657373 c3"
                        + " a464617461 96 a161 d40000 d700 0000000000000000 cf ffffffffffffffff ca 3f000000 c7 02 00 0102");
        assertThat(packet).isInstanceOfSatisfying(Packet.Event.class, event -> {
            assertThat(event.namespace()).isEqualTo("/ns");
            assertThat(event.ackId()).isEqualTo(3);
            assertThat(event.data().json())
                    .isEqualTo(
                            "[\"a\",null,\"1970-01-01T00:00:00Z\",1.8446744073709552E19,0.5,{\"_placeholder\":true,\"num\":0}]");
            assertThat(event.attachments()).containsExactly(new byte[] {1, 2});
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            c0                                                  | MessagePack: no packet (expected: a map of type, nsp, data and id)
            80                                                  | packet type: -1 (expected: 0..3)
            81 a474797065 04                                    | packet type: 4 (expected: 0..3)
            81 a474797065 ff                                    | MessagePack: type or id (expected: a whole number 0..4)
            82 a474797065 00 a36e7370 01                        | MessagePack: nsp (expected: a string that begins with '/')
            82 a474797065 00 a36e7370 a161                      | MessagePack: nsp (expected: a string that begins with '/')
            83 a474797065 00 a36e7370 a12f a464617461 90        | auth: begins with '[' (expected: an object)
            83 a474797065 02 a36e7370 a12f a464617461 90        | event without a name (expected: an array that begins with a string or a number)
            83 a474797065 03 a36e7370 a12f a464617461 90        | ack without an id (expected: a number)
            82 a474797065 01 a36e7370 a12f 00                   | MessagePack: 1 bytes behind the packet (expected: none)
            82 a474797065 02 a36e7370                           | MessagePack: the end (expected: more)
            81 a474797065 dd ffffffff                           | MessagePack: the end (expected: more)
            81 a464617461 a2 c328                               | MessagePack: a string that is no UTF-8
            81 a464617461 c1                                    | MessagePack: 193 (expected: the code of a value)
            81 a464617461 d6 05 00000000                        | MessagePack: an extension (expected: type 0)
            81 01 00                                            | packet type: -1 (expected: 0..3)
            81 a464617461 81 01 00                              | MessagePack: the name of a member (expected: a string)
            """)
    void malformedPacketsAreRejected(String hex, String complaint) {
        assertThatThrownBy(() -> decoded(hex))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(complaint);
    }

    @Test
    void packetLimitsApply() {
        var strict = parser.decoder(
                PacketLimits.defaults()
                        .withDepthMax(2)
                        .withAttachmentsMax(1)
                        .withAuthMax(10)
                        .withNamespaceMax(5)
                        .withEventMax(8),
                _ -> true);
        for (var packet : List.<Packet>of(
                JsonWriter.event("/", 1, "deep", List.of(List.of(1))),
                JsonWriter.event("/", 1, "binary", new byte[1], new byte[1]),
                JsonWriter.event("/longer", 1, "name"),
                JsonWriter.event("/", 1, "long name"),
                new Packet.Connect("/", "{\"token\":\"too long\"}"))) {
            assertThatThrownBy(() -> strict.decodeBinary(encoded(packet))).hasMessageContaining("expected: at most ");
        }
        assertThatThrownBy(() -> strict.decodeText("0")).hasMessage("text message (expected: binary ones)");
    }

    @Test
    void isTotal() {
        var random = new Random(7);
        var seed = encoded(JsonWriter.event("/caps", 7, "a", List.of(1, "b", new byte[] {1}), 2.5));
        for (int i = 0; i < 50_000; i++) {
            var noise = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
            for (int n = random.nextInt(4); n >= 0; n--) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decoder.decodeBinary(noise)).isNotNull();
            } catch (ProtocolException e) {
                assertThat(e).hasMessageMatching("(?s).*(\\(expected: .*\\)|no UTF-8)");
            }
        }
    }
}
