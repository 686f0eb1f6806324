package waybill.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final double HALF_ROUND_METRES = Math.PI * 6_371_008.8;
    private static final double MILLIMETRE = 0.001;

    @Test
    void aDegreeOnTheEquatorHasTheKnownLength() {
        assertThat(new Position(0, 0).metresTo(new Position(0, 1))).isCloseTo(111_195.08, within(0.01));
        assertThat(new Position(0, 0).metresTo(new Position(1, 0))).isCloseTo(111_195.08, within(0.01));
        assertThat(new Position(60, 0).metresTo(new Position(60, 1))).isCloseTo(55_595.4, within(10.0));
    }

    @Test
    void distancesCrossTheDateLine() {
        assertThat(new Position(0, 179.999).metresTo(new Position(0, -179.999))).isCloseTo(222.39, within(0.01));
        assertThat(new Position(0, 180).metresTo(new Position(0, -180))).isCloseTo(0, within(MILLIMETRE));
    }

    @Test
    void antipodesAreHalfTheCircumferenceApart() {
        assertThat(new Position(90, 0).metresTo(new Position(-90, 77))).isCloseTo(HALF_ROUND_METRES, within(1.0));
        assertThat(new Position(12, 30).metresTo(new Position(-12, -150))).isCloseTo(HALF_ROUND_METRES, within(1.0));
    }

    @Property(tries = 1_000, seed = "1")
    void distanceIsSymmetric(@ForAll("positions") Position a, @ForAll("positions") Position b) {
        assertThat(a.metresTo(b)).isBetween(0.0, HALF_ROUND_METRES + MILLIMETRE);
        assertThat(a.metresTo(b)).isCloseTo(b.metresTo(a), within(MILLIMETRE));
        assertThat(a.metresTo(a)).isZero();
    }

    @Property(tries = 1_000, seed = "1")
    void aShortDistanceIsThatOfTheHaversineFormula(
            @ForAll("positions") Position from,
            @ForAll @DoubleRange(min = -0.01, max = 0.01) double north,
            @ForAll @DoubleRange(min = -0.01, max = 0.01) double east) {
        var to = new Position(
                Math.clamp(from.latitude() + north, -90, 90), Math.clamp(from.longitude() + east, -180, 180));
        assertThat(from.metresTo(to)).isCloseTo(haversine(from, to), within(MILLIMETRE));
    }

    private static double haversine(Position from, Position to) {
        var north = Math.sin(Math.toRadians(to.latitude() - from.latitude()) / 2);
        var east = Math.sin(Math.toRadians(to.longitude() - from.longitude()) / 2);
        var cosines = Math.cos(Math.toRadians(from.latitude())) * Math.cos(Math.toRadians(to.latitude()));
        return 2 * 6_371_008.8 * Math.asin(Math.sqrt(north * north + cosines * east * east));
    }

    @Property(tries = 1_000, seed = "1")
    void theTriangleInequalityHolds(
            @ForAll("positions") Position a, @ForAll("positions") Position b, @ForAll("positions") Position by) {
        assertThat(a.metresTo(b)).isLessThanOrEqualTo(a.metresTo(by) + by.metresTo(b) + 1);
    }

    @Property(tries = 1_000, seed = "1")
    void aRoundedPositionIsWithinAKilometreAndTheSameForItsCell(@ForAll("positions") Position position) {
        var rounded = position.rounded();
        assertThat(position.metresTo(rounded)).isLessThan(1_000);
        assertThat(rounded.rounded()).isEqualTo(rounded);
    }

    @Test
    void neighboursAreEqualOnceRounded() {
        assertThat(new Position(59.9123, 10.7512).rounded()).isEqualTo(new Position(59.91, 10.76));
        assertThat(new Position(59.9087, 10.7631).rounded()).isEqualTo(new Position(59.91, 10.76));
        assertThat(new Position(90, 12).rounded()).isEqualTo(new Position(90, 12));
        assertThat(new Position(0, -180).rounded()).isEqualTo(new Position(0, -180));
    }

    @Test
    void coordinatesOutOfRangeAreRejectedByName() {
        assertRefused(91, 0, "latitude: 91.0 (expected: -90..90)");
        assertRefused(Double.NaN, 0, "latitude: NaN (expected: -90..90)");
        assertRefused(0, -180.5, "longitude: -180.5 (expected: -180..180)");
        assertRefused(0, Double.POSITIVE_INFINITY, "longitude: Infinity (expected: -180..180)");
        assertRefused(0, Double.NaN, "longitude: NaN (expected: -180..180)");
    }

    private static void assertRefused(double latitude, double longitude, String message) {
        assertThatThrownBy(() -> new Position(latitude, longitude))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Provide
    Arbitrary<Position> positions() {
        return Combinators.combine(
                        Arbitraries.doubles().between(-90, 90),
                        Arbitraries.doubles().between(-180, 180))
                .as(Position::new);
    }
}
