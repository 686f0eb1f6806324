package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;

/// What is written can be read, and is the same.
class JsonRoundTripTest {

    private static final int LONG_DIGITS = 18;
    private static final double WHOLE_MAX = 1e15;

    @Property(tries = 1_000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void valuesRoundTrip(@ForAll("values") Object value) throws ProtocolException {
        var json = JsonWriter.json(value);
        JsonScanner.check(json, 0, PacketLimits.DEPTH_MAX);
        assertThat(JsonReader.read(json, 0, json.length(), List.of())).isEqualTo(asRead(value));
    }

    @Property(tries = 1_000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void eventsRoundTrip(@ForAll String name, @ForAll("values") Object argument) throws ProtocolException {
        var sent = JsonWriter.event("/caps", 7, name, argument);
        var received = PacketCodec.decode(PacketCodec.encode(sent), PacketLimits.defaults())
                .packet();
        assertThat(received).isEqualTo(sent);
        assertThat(JsonArray.of(sent.data()).value(0, List.of())).isEqualTo(name);
        assertThat(JsonArray.of(sent.data()).value(1, List.of())).isEqualTo(asRead(argument));
    }

    @Provide
    Arbitrary<Object> values() {
        var leaves = Arbitraries.<Object>oneOf(
                Arbitraries.strings().ofMaxLength(20).map(text -> text),
                Arbitraries.longs().map(number -> number),
                Arbitraries.doubles().map(number -> number),
                Arbitraries.of(true, false));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        leaves,
                        inner.list().ofMaxSize(4).map(list -> list),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(8), inner)
                                .ofMaxSize(4)
                                .map(map -> map)),
                4);
    }

    /// A whole number comes back as a `Long` where it surely fits one, any other as a `Double`.
    private static Object asRead(Object value) {
        return switch (value) {
            case Long number -> number.toString().length() <= LONG_DIGITS ? number : (Object) number.doubleValue();
            case Double number when number == Math.rint(number) && Math.abs(number) < WHOLE_MAX -> number.longValue();
            case List<?> list -> list.stream().map(JsonRoundTripTest::asRead).toList();
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, member -> asRead(member.getValue())));
            default -> value;
        };
    }
}
