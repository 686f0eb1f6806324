package waybill.hub.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.geo.Position;
import waybill.tracking.Fix;
import waybill.tracking.Signal;

class FleetFrameTest {

    private static final FleetView OSLO = new FleetView(10, 59, 11, 60, 12);

    private static FleetFrame.Driver driver(int index, Position position, double heading, long ageMs) {
        var fix = new Fix("kari", position, heading, Fix.UNKNOWN, Fix.UNKNOWN, 1_000, 1_000);
        return new FleetFrame.Driver(index, fix, Signal.STALE, true, true, ageMs);
    }

    @Test
    void aDriverIsSixteenBytes() {
        var frame = FleetFrame.of(OSLO, List.of(driver(258, new Position(59.913868, 10.752245), 271, 125_400)));
        var bytes = ByteBuffer.wrap(frame.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(16);
        assertThat(bytes.getInt()).isEqualTo(258);
        assertThat(bytes.getInt()).isEqualTo(59_913_868);
        assertThat(bytes.getInt()).isEqualTo(10_752_245);
        assertThat(Byte.toUnsignedInt(bytes.get())).isEqualTo(181); // 271.5 degrees
        assertThat(bytes.get()).isEqualTo((byte) (1 + 4 + 8));
        assertThat(bytes.getShort()).isEqualTo((short) 125);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "359.9, 0", "360, 0", "358, 239", "NaN, 255"})
    void aHeadingIsOneOf240OrUnknown(double heading, int byteValue) {
        var frame = FleetFrame.of(OSLO, List.of(driver(0, new Position(59.9, 10.7), heading, 0)));
        assertThat(Byte.toUnsignedInt(frame.bytes()[12])).isEqualTo(byteValue);
    }

    @Test
    void anAgeOfADayIsTheLargestOne() {
        var frame = FleetFrame.of(OSLO, List.of(driver(0, new Position(59.9, 10.7), 0, 86_400_000)));
        assertThat(frame.bytes()[14]).isEqualTo((byte) 0xFF);
        assertThat(frame.bytes()[15]).isEqualTo((byte) 0xFF);
    }

    @ParameterizedTest
    @CsvSource({"59.5, 10.5, true", "58.9, 10.5, false", "59.5, 9.9, false", "59.5, 11.1, false", "60, 11, true"})
    void driversOutsideTheViewAreLeftOut(double latitude, double longitude, boolean isIn) {
        var frame = FleetFrame.of(OSLO, List.of(driver(0, new Position(latitude, longitude), 0, 0)));
        assertThat(frame.total()).isEqualTo(isIn ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"179, true", "-179, true", "0, false"})
    void aViewMayCrossTheAntimeridian(double longitude, boolean isIn) {
        assertThat(new FleetView(170, -20, -170, 20, 5).contains(new Position(0, longitude)))
                .isEqualTo(isIn);
    }

    @Test
    void ofTooManyDriversTheFirstAreSentAndAllAreCounted() {
        var fleet = IntStream.range(0, FleetFrame.DRIVERS_MAX + 7)
                .mapToObj(i -> driver(i, new Position(59.9, 10.7), 0, 0))
                .toList();
        var frame = FleetFrame.of(OSLO, fleet);
        assertThat(frame.total()).isEqualTo(FleetFrame.DRIVERS_MAX + 7);
        assertThat(frame.indexes()).hasSize(FleetFrame.DRIVERS_MAX);
        assertThat(frame.bytes()).hasSize(16 * FleetFrame.DRIVERS_MAX);
    }

    @Test
    void aViewFromAfarIsSentLessOften() {
        assertThat(IntStream.of(3, 8, 12).mapToObj(zoom -> new FleetView(0, 0, 1, 1, zoom).intervalMs()))
                .containsExactly(5_000L, 2_000L, 1_000L);
        assertThatThrownBy(() -> new FleetView(0, 1, 1, 0, 3)).hasMessageContaining("south: 1.0");
    }

    @Test
    void aTableThatHasGrownTooLargeIsReplaced() {
        var table = FleetTable.first(1);
        assertThat(List.of(table.indexOf("kari"), table.indexOf("ola"), table.indexOf("kari")))
                .containsExactly(0, 1, 0);
        assertThat(table.driver(1)).isEqualTo("ola");
        var next = table.next();
        assertThat(next.number()).isEqualTo(2);
        assertThat(next.indexOf("ola")).isZero();
        assertThat(next.next()).isSameAs(next);
    }
}
