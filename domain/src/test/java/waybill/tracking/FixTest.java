package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.tracking.Fix.UNKNOWN;

import org.junit.jupiter.api.Test;
import waybill.geo.Position;

class FixTest {

    private static final Position PLACE = new Position(0, 0);
    private static final long NOON_MS = 1_767_268_800_000L;

    @Test
    void theLimitsAreInclusive() {
        var fix = new Fix("kari", PLACE, 360, 0, 0, NOON_MS + 60_000, NOON_MS);
        assertThat(Fix.isKnown(fix.heading())).isTrue();
        assertThat(new Fix("kari", PLACE, 0, 40, 5, 0, NOON_MS).recordedAtMs()).isZero();
    }

    @Test
    void missingValuesAreUnknown() {
        var fix = new Fix("kari", PLACE, UNKNOWN, UNKNOWN, UNKNOWN, NOON_MS, NOON_MS);
        assertThat(Fix.isKnown(fix.heading())).isFalse();
        assertThat(fix).isEqualTo(new Fix("kari", PLACE, UNKNOWN, UNKNOWN, UNKNOWN, NOON_MS, NOON_MS));
    }

    @Test
    void impossibleValuesAreRejectedByName() {
        assertRefused(" ", 0, 0, 0, NOON_MS, "driver: blank (expected: at least one character)");
        assertRefused("kari", 360.5, 0, 0, NOON_MS, "heading: 360.5 (expected: 0..360)");
        assertRefused("kari", -1, 0, 0, NOON_MS, "heading: -1.0 (expected: 0..360)");
        assertRefused("kari", 0, -0.1, 0, NOON_MS, "speed: -0.1 (expected: at least 0)");
        assertRefused("kari", 0, Double.POSITIVE_INFINITY, 0, NOON_MS, "speed: Infinity (expected: at least 0)");
        assertRefused("kari", 0, 0, -5, NOON_MS, "accuracy: -5.0 (expected: at least 0)");
    }

    @Test
    void aClockFarAheadIsRejected() {
        assertRefused(
                "kari",
                0,
                0,
                0,
                NOON_MS + 60_001,
                "recordedAt: 2026-01-01T12:01:00.001Z (expected: since 1970, and"
                        + " no more than a minute after it arrived, which was 2026-01-01T12:00:00Z)");
        assertRefused(
                "kari",
                0,
                0,
                0,
                -1,
                "recordedAt: 1969-12-31T23:59:59.999Z (expected: since 1970, and"
                        + " no more than a minute after it arrived, which was 2026-01-01T12:00:00Z)");
    }

    private static void assertRefused(
            String driver, double heading, double speed, double accuracy, long recordedAtMs, String message) {
        assertThatThrownBy(() -> new Fix(driver, PLACE, heading, speed, accuracy, recordedAtMs, NOON_MS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
