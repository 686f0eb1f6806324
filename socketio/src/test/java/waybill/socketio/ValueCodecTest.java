package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.ProtocolException;

class ValueCodecTest {

    @Test
    void aPacketIsTheSameAfterItWasValues() {
        var packet = ValueCodec.event("/caps", 7, Arrays.asList("go", null, 1.5, Map.of("photo", new byte[] {1, 2})));
        assertThat(packet.data().json()).isEqualTo("[\"go\",null,1.5,{\"photo\":{\"_placeholder\":true,\"num\":0}}]");
        assertThat(packet.attachments()).containsExactly(new byte[] {1, 2});
        var again = ValueCodec.event("/caps", 7, ValueCodec.values(packet));
        assertThat(again).isEqualTo(packet);
        var ack = ValueCodec.ack("/", 3, List.of());
        assertThat(ack).isEqualTo(new Packet.AckPacket("/", 3, ack.data(), List.of()));
        assertThat(ValueCodec.values(ack)).isEmpty();
    }

    @Test
    void valuesAreReadAsTheyWereWritten() throws ProtocolException {
        for (var value : new Object[] {"å€𝄞", 1L, -1.5, true, List.of(List.of(), 2L), Map.of("a", Map.of("b", "c"))}) {
            assertThat(ValueCodec.parseJson(ValueCodec.json(value))).isEqualTo(value);
            assertThat(ValueCodec.parseMsgpack(ValueCodec.msgpack(value))).isEqualTo(value);
        }
        assertThat(ValueCodec.parseJson("null")).isNull();
        assertThat(ValueCodec.parseMsgpack(ValueCodec.msgpack(null))).isNull();
        assertThat(ValueCodec.parseMsgpack(ValueCodec.msgpack(new byte[] {1}))).isEqualTo(new byte[] {1});
    }

    /// As `notepack.io` 3 writes `[undefined, new Date(0), new Date(1.5e12 + 7), new Date(-1)]`.
    @Test
    void datesOfNewerEncodersAreTimes() throws ProtocolException {
        assertThat(ValueCodec.parseMsgpack(HexFormat.of()
                        .parseHex("94d40000d6ff00000000d7ff01ab3f0059682f00c70cff3b8b87c0ffffffffffffffff")))
                .isEqualTo(Arrays.asList(
                        null, "1970-01-01T00:00:00Z", "2017-07-14T02:40:00.007Z", "1969-12-31T23:59:59.999Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "1,2", "1]", "nul", "[1", "\"a"})
    void malformedJsonIsRejected(String json) {
        assertThatThrownBy(() -> ValueCodec.parseJson(json)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "91", "c0c0", "c705ff0000000000", "c70cff000000007fffffffffffffff"})
    void malformedMessagePackIsRejected(String hex) {
        assertThatThrownBy(() -> ValueCodec.parseMsgpack(HexFormat.of().parseHex(hex)))
                .isInstanceOf(ProtocolException.class);
    }
}
