package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.socketio.adapter.Packet;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;

/// Arguments as values of an application's types, in and out.
class ArgsTest {

    private enum Size {
        SMALL,
        LARGE
    }

    private record LineItem(String name, int count, Optional<BigDecimal> price) {
        LineItem {
            Objects.requireNonNull(name, "name: missing");
            if (count < 1) {
                throw new IllegalArgumentException("count: " + count + " (expected: at least 1)");
            }
        }
    }

    private record Purchase(
            UUID id,
            Instant placedAt,
            Size size,
            List<LineItem> items,
            Set<String> tags,
            Map<String, Double> weights,
            char floor,
            boolean paid,
            List<Double> place,
            @Nullable String note,
            ByteBuffer photo,
            long total) {}

    private static Args args(String json, byte[]... attachments) {
        return new Args(JsonArray.ofTrusted(json), List.of(attachments), 0);
    }

    @Test
    void simpleArgumentsHaveTheirTypes() {
        var args = args("[5,5.0,5.5,true,\"text\",{\"a\":1},[1,2],null,3000000000,1e300]");
        assertThat(args.integer(0)).isEqualTo(5);
        assertThat(Objects.equals(args.integer(0), 5)).isTrue();
        assertThat(args.integer(1)).isEqualTo(5);
        assertThat(args.integer(2)).isNull();
        assertThat(args.number(2)).isEqualTo(5.5);
        assertThat(args.number(0)).isEqualTo(5.0);
        assertThat(args.bool(3)).isTrue();
        assertThat(args.string(4)).isEqualTo("text");
        assertThat(args.map(5)).isEqualTo(Map.of("a", 1L));
        assertThat(args.list(6)).isEqualTo(List.of(1L, 2L));
        assertThat(args.integer(8)).isNull();
        assertThat(args.longInteger(8)).isEqualTo(3_000_000_000L);
        assertThat(args.longInteger(9)).isNull();
        for (int index : new int[] {4, 7, 99}) {
            assertThat(args.integer(index)).isNull();
            assertThat(args.number(index)).isNull();
            assertThat(args.bool(index)).isNull();
            assertThat(args.map(index)).isNull();
            assertThat(args.list(index)).isNull();
        }
    }

    @Test
    void aRecordArgumentRoundTrips() {
        var json =
                "{\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"placedAt\":\"2026-01-31T12:00:00Z\",\"size\":\"LARGE\","
                        + "\"items\":[{\"name\":\"tea\",\"count\":2,\"price\":1.5},{\"name\":\"milk\",\"count\":1,\"price\":null}],"
                        + "\"tags\":[\"a\",\"b\"],\"weights\":{\"x\":0.5},\"floor\":\"3\",\"paid\":true,\"place\":[59.91,10.75],"
                        + "\"note\":null,\"photo\":{\"_placeholder\":true,\"num\":0},\"total\":12345678901}";
        byte[] photo = {1, 2, 3};
        var order = Objects.requireNonNull(args("[" + json + "]", photo).as(0, Purchase.class));
        assertThat(order.items())
                .containsExactly(
                        new LineItem("tea", 2, Optional.of(new BigDecimal("1.5"))),
                        new LineItem("milk", 1, Optional.empty()));
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(order.size()).isEqualTo(Size.LARGE);
        assertThat(order.place()).containsExactly(59.91, 10.75);
        assertThat(args("[[1,2]]").as(0, int[].class)).containsExactly(1, 2);
        assertThat(order.photo()).isEqualTo(ByteBuffer.wrap(photo));
        var sent = JsonWriter.event("/", Packet.NO_ACK, "order", order);
        assertThat(JsonArray.of(sent.data()).element(1)).isEqualTo(json);
        assertThat(sent.attachments()).containsExactly(photo);
    }

    @Test
    void unknownMembersOfARecordAreIgnored() {
        assertThat(args("[{\"name\":\"tea\",\"count\":1,\"extra\":[{}]}]").as(0, LineItem.class))
                .isEqualTo(new LineItem("tea", 1, Optional.empty()));
        assertThat(args("[]").as(0, LineItem.class)).isNull();
    }

    @Test
    void anArrayBecomesAListOfRecords() {
        assertThat(args("[[{\"name\":\"tea\",\"count\":1}]]").listOf(0, LineItem.class))
                .containsExactly(new LineItem("tea", 1, Optional.empty()));
        assertThat(args("[]").listOf(0, LineItem.class)).isEmpty();
        assertThatThrownBy(() -> args("[{}]").listOf(0, LineItem.class))
                .isInstanceOf(ArgumentException.class)
                .hasMessage("argument 0: no array (expected: an array)");
        assertThatThrownBy(() -> args("[[{\"name\":\"tea\",\"count\":1},null]]").listOf(0, LineItem.class))
                .hasMessage("argument 0[1]: null (expected: a value)");
    }

    @Test
    void otherTypesAreBoundToo() {
        var args = args("[1767225600000,\"SMALL\",7,\"x\"]");
        assertThat(args.as(0, Instant.class)).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(args.as(1, Size.class)).isEqualTo(Size.SMALL);
        assertThat(args.as(2, Long.class)).isEqualTo(7L);
        assertThat(args.as(2, Double.class)).isEqualTo(7.0);
        assertThat(args.as(3, Character.class)).isEqualTo('x');
        assertThat(args.as(3, Object.class)).isEqualTo("x");
    }

    /// The client's own words are not repeated: they may be long, or hold what does not belong in a log.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                   | argument 0: an array (expected: an object)
            "secret"                             | argument 0: a string (expected: an object)
            {"name":7,"count":1}                 | argument 0.name: a number (expected: a string)
            {"name":"tea"}                       | argument 0.count: missing (expected: int)
            {"name":"tea","count":"secret"}      | argument 0.count: a string (expected: a number)
            {"name":"tea","count":1.5}           | argument 0.count: a number (expected: a whole number -2147483648..2147483647)
            {"name":"tea","count":3000000000}    | argument 0.count: a number (expected: a whole number -2147483648..2147483647)
            {"name":"tea","count":0}             | argument 0: count: 0 (expected: at least 1)
            {"count":1}                          | argument 0: name: missing
            {"name":"tea","count":1,"price":[]}  | argument 0.price: an array (expected: a number)
            """)
    void aTypeMismatchNamesTheArgument(String json, String complaint) {
        assertThatThrownBy(() -> args("[" + json + "]").as(0, LineItem.class))
                .isInstanceOf(ArgumentException.class)
                .hasMessage(complaint);
    }

    @Test
    void aCustomTypeMismatchNamesTheArgument() {
        var args = args("[\"secret\",true]");
        assertThatThrownBy(() -> args.as(0, Instant.class))
                .hasMessage(
                        "argument 0: a string (expected: a time such as 2026-01-31T12:00:00Z, or its milliseconds)");
        assertThatThrownBy(() -> args.as(0, UUID.class)).hasMessage("argument 0: a string (expected: UUID)");
        assertThatThrownBy(() -> args.as(0, Size.class))
                .hasMessage("argument 0: a string (expected: one of [SMALL, LARGE])");
        assertThatThrownBy(() -> args.as(1, byte[].class))
                .hasMessage("argument 0: a boolean (expected: binary)".replace("0", "1"));
    }
}
