package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixStatus.ACCEPTED;
import static waybill.tracking.FixStatus.IMPLAUSIBLE;
import static waybill.tracking.FixStatus.STALE;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.tracking.RouteBuilder.RoutePoint;

class RouteBuilderTest {

    private final RouteBuilder routeBuilder = new RouteBuilder(8, DriverTrackState.SPEED_MAX);

    private void add(int leg, double seconds, double metres, FixStatus status) {
        routeBuilder.add(leg, new ClassifiedFix(fix(seconds, metres), status));
    }

    @Test
    void theLengthIsTheSumOfTheSteps() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 100, ACCEPTED);
        add(0, 20, 40, ACCEPTED); // back again
        assertThat(routeBuilder.lengthMetres()).isCloseTo(160, within(0.1));
        assertThat(routeBuilder.points()).extracting(RoutePoint::isPlausible).containsOnly(true);
        assertThat(routeBuilder.isSimplified()).isFalse();
    }

    @Test
    void anImplausiblePointIsListedAndAddsNoLength() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 90_000, IMPLAUSIBLE);
        add(0, 20, 100, ACCEPTED);
        assertThat(routeBuilder.lengthMetres()).isCloseTo(100, within(0.1));
        assertThat(routeBuilder.points()).extracting(RoutePoint::isPlausible).containsExactly(true, false, true);
    }

    @Test
    void aLatePointIsComparedWithItsPredecessor() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 90_000, STALE);
        add(0, 20, 100, STALE);
        add(0, 30, 200, ACCEPTED);
        assertThat(routeBuilder.points()).extracting(RoutePoint::isPlausible).containsExactly(true, false, true, true);
        assertThat(routeBuilder.lengthMetres()).isCloseTo(200, within(0.1));
    }

    @Test
    void theGapBetweenTwoLegsAddsNoLength() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 100, ACCEPTED);
        add(1, 20, 5_000, ACCEPTED);
        add(1, 30, 5_100, ACCEPTED);
        assertThat(routeBuilder.lengthMetres()).isCloseTo(200, within(0.1));
        assertThat(routeBuilder.points()).extracting(RoutePoint::leg).containsExactly(0, 0, 1, 1);
    }

    @Test
    void aStandingDriverAddsNoLength() {
        IntStream.range(0, 7).forEach(i -> add(0, i, i % 2 == 0 ? 0 : 10, ACCEPTED));
        assertThat(routeBuilder.lengthMetres()).isZero();
        add(0, 60, 20, ACCEPTED);
        assertThat(routeBuilder.lengthMetres()).isCloseTo(20, within(0.1));
    }

    @Test
    void simplifyingDropsEveryOtherPointAndKeepsTheLength() {
        var longest = new RouteBuilder(8, DriverTrackState.SPEED_MAX);
        for (var i = 0; i <= 1_000; i++) {
            longest.add(0, new ClassifiedFix(fix(10 * i, 100 * i), ACCEPTED));
            assertThat(longest.points()).hasSizeBetween(1, 8);
            assertThat(longest.points().getLast().fix()).isEqualTo(fix(10 * i, 100 * i));
        }
        assertThat(longest.isSimplified()).isTrue();
        assertThat(longest.lengthMetres()).isCloseTo(100_000, within(1.0));
        assertThat(longest.points())
                .extracting(point -> (point.fix().recordedAtMs() - FixSamples.ms(0)) / 10_000)
                .containsExactly(0L, 256L, 512L, 768L, 1_000L);
    }

    @Test
    void aCapacityOfZeroIsRejected() {
        assertThatThrownBy(() -> new RouteBuilder(1, DriverTrackState.SPEED_MAX))
                .hasMessage("pointsMax: 1 (expected: at least 2)");
    }
}
