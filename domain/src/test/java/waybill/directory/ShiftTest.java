package waybill.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aShiftHasEndedFromItsEndOn() {
        var shift = Shift.DEFAULT.withEnd(NOON);
        assertThat(shift.hasEnded(NOON.minusMillis(1))).isFalse();
        assertThat(shift.hasEnded(NOON)).isTrue();
        assertThat(Shift.DEFAULT.hasEnded(NOON)).as("without an end").isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void aCapacityIsBounded(int capacity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shift.DEFAULT.withCapacity(capacity))
                .withMessage("capacity: " + capacity + " (expected: 1..100)");
    }

    @Test
    void aDriverThatGoesOffDutyKeepsWhatItDeliversWith() {
        var shift = new Shift(7, Vehicle.VAN, null, NOON);
        var off = new DriverState("kari", DriverStatus.BUSY, NOON, shift).offDuty(NOON.plusSeconds(1));
        assertThat(off.status().isOnDuty()).isFalse();
        assertThat(off.since()).isEqualTo(NOON.plusSeconds(1));
        assertThat(off.shift()).isEqualTo(new Shift(7, Vehicle.VAN, null, null));
    }

    @ParameterizedTest
    @EnumSource(Vehicle.class)
    void aVehicleIsKnownByItsName(Vehicle vehicle) {
        assertThat(Vehicle.parse(vehicle.wireName())).contains(vehicle);
        assertThat(vehicle.travelMs(60_000)).isEqualTo(Math.round(60_000 / vehicle.speedFactor()));
    }

    @Test
    void anUnknownVehicleIsNone() {
        assertThat(Vehicle.parse("Car")).isEmpty();
        assertThat(Vehicle.DEFAULT.travelMs(1_234)).isEqualTo(1_234);
    }
}
