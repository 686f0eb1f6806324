package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.RawJson;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.packet.Vectors.Vector;

class JsonTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    static List<Vector> vectors() {
        return Vectors.of("/packet/json.vectors");
    }

    @ParameterizedTest(name = "[{index}] {0}")
    @MethodSource("vectors")
    void agreesWithTheVectors(Vector vector) {
        assertThat(Vectors.outcome(JsonTest::rewritten, vector.text())).isEqualTo(vector.expected());
    }

    @Test
    void isTotal() {
        var noise = new RandomTexts(3, vectors().stream().map(Vector::text).toList());
        for (int i = 0; i < 100_000; i++) {
            assertThat(Vectors.outcome(JsonTest::rewritten, noise.next())).isNotEmpty();
        }
    }

    @Test
    void nestsAsDeepAsTheLimitAndNoDeeper() throws ProtocolException {
        int max = PacketLimits.DEPTH_MAX;
        for (var brackets : List.of("[]", "{}")) {
            var open = brackets.equals("[]") ? "[" : "{\"a\":";
            var close = brackets.substring(1);
            var deepest = open.repeat(max) + "1" + close.repeat(max);
            assertThat(rewritten(deepest)).isEqualTo(deepest);
            assertThatThrownBy(() -> JsonScanner.check(open + deepest + close, 0, max))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("JSON nests too deep (expected: at most 128)");
        }
    }

    @Test
    void extremeNestingIsRejected() {
        assertThatThrownBy(() -> JsonScanner.check("[".repeat(1_000_000), 0, PacketLimits.DEPTH_MAX))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("nests too deep");
    }

    @Test
    void theWriterHasTheReadersDepthLimit() {
        Object deep = 1;
        for (int i = 0; i < PacketLimits.DEPTH_MAX; i++) {
            deep = List.of(deep);
        }
        var deepest = deep;
        assertThat(JsonWriter.json(deepest)).hasSize(2 * PacketLimits.DEPTH_MAX + 1);
        assertThatThrownBy(() -> JsonWriter.json(List.of(deepest)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("argument: nests too deep (expected: at most 128)");
    }

    @Test
    void aCyclicListIsRejected() {
        var snake = new LinkedHashMap<String, @Nullable Object>();
        snake.put("tail", snake);
        assertThatThrownBy(() -> JsonWriter.json(snake)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesTypicalPayloads() {
        var event = JsonWriter.event(
                "/",
                Packet.NO_ACK,
                "e",
                "text",
                7,
                7L,
                0.5,
                2.0f,
                new BigDecimal("1.10"),
                true,
                null,
                Double.NaN,
                new int[] {1, 2},
                new String[] {"a"},
                Map.of("k", List.of()),
                Thread.State.NEW,
                new RawJson("{\"raw\": 1}"));
        assertThat(event.data().json()).isEqualTo("""
                        ["e","text",7,7,0.5,2,1.10,true,null,null,[1,2],["a"],{"k":[]},"NEW",{"raw": 1}]""");
    }

    @Test
    void leavesAPlaceholderForEveryPieceOfBinary() {
        var event = JsonWriter.event("/", Packet.NO_ACK, "e", ONE, Map.of("k", new byte[][] {TWO, ONE}));
        assertThat(event.data().json()).isEqualTo("""
                        ["e",{"_placeholder":true,"num":0},{"k":[{"_placeholder":true,"num":1},{"_placeholder":true,"num":2}]}]""");
        assertThat(event.attachments()).containsExactly(ONE, TWO, ONE);
        assertThat(JsonArray.of(event.data()).value(1, event.attachments())).isSameAs(ONE);
        assertThat(JsonArray.of(event.data()).value(2, event.attachments())).isEqualTo(Map.of("k", List.of(TWO, ONE)));
    }

    @Test
    void aPlaceholderWithoutAnAttachmentIsUnchanged() {
        for (var num : List.of("1", "-1", "0.5", "\"0\"", "null", "99999999999")) {
            var data = JsonArray.ofTrusted("[{\"_placeholder\":true,\"num\":" + num + "}]");
            assertThat(data.value(0, List.of(ONE))).isInstanceOf(Map.class);
        }
    }

    @Test
    void rejectsUnsupportedTypes() {
        assertThatThrownBy(() -> JsonWriter.json(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("argument: java.lang.Object (expected: String, Number,");
        assertThatThrownBy(() -> JsonWriter.json(ONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: holds a byte[] (expected: JSON without binary)");
    }

    @Test
    void anArraySplitsItsElements() throws ProtocolException {
        var array = JsonArray.scan("[ \"a,]\" , {\"b\": [1, 2]} ,3 ] ", PacketLimits.DEPTH_MAX);
        assertThat(array.size()).isEqualTo(3);
        assertThat(array.element(0)).isEqualTo("\"a,]\"");
        assertThat(array.element(1)).isEqualTo("{\"b\": [1, 2]}");
        assertThat(array.element(2)).isEqualTo("3");
        assertThat(array.isEventName(0)).isTrue();
        assertThat(array.isEventName(1)).isFalse();
        assertThat(array.isEventName(2)).isTrue();
    }

    /// The text as it comes out again when it has been read into Java values.
    private static String rewritten(String text) throws ProtocolException {
        JsonScanner.check(text, 0, PacketLimits.DEPTH_MAX);
        return JsonWriter.json(JsonReader.read(text, 0, text.length(), List.of()));
    }
}
