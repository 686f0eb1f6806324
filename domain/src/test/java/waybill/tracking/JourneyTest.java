package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static waybill.tracking.Said.fix;
import static waybill.tracking.Verdict.ACCEPTED;
import static waybill.tracking.Verdict.IMPLAUSIBLE;
import static waybill.tracking.Verdict.STALE;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.tracking.Journey.Point;

class JourneyTest {

    private final Journey journey = new Journey(8, Track.SPEED_MAX);

    private void add(int leg, double seconds, double metres, Verdict verdict) {
        journey.add(leg, new Judged(fix(seconds, metres), verdict));
    }

    @Test
    void itIsAsLongAsItsStepsTogether() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 100, ACCEPTED);
        add(0, 20, 40, ACCEPTED); // back again
        assertThat(journey.metres()).isCloseTo(160, within(0.1));
        assertThat(journey.points()).extracting(Point::isPlausible).containsOnly(true);
        assertThat(journey.isThinned()).isFalse();
    }

    @Test
    void whatWasMarkedIsShownAndAddsNothing() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 90_000, IMPLAUSIBLE);
        add(0, 20, 100, ACCEPTED);
        assertThat(journey.metres()).isCloseTo(100, within(0.1));
        assertThat(journey.points()).extracting(Point::isPlausible).containsExactly(true, false, true);
    }

    @Test
    void whatCameLateIsComparedWithWhatWasBeforeIt() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 90_000, STALE);
        add(0, 20, 100, STALE);
        add(0, 30, 200, ACCEPTED);
        assertThat(journey.points()).extracting(Point::isPlausible).containsExactly(true, false, true, true);
        assertThat(journey.metres()).isCloseTo(200, within(0.1));
    }

    @Test
    void nothingIsDrivenBetweenTwoLegs() {
        add(0, 0, 0, ACCEPTED);
        add(0, 10, 100, ACCEPTED);
        add(1, 20, 5_000, ACCEPTED);
        add(1, 30, 5_100, ACCEPTED);
        assertThat(journey.metres()).isCloseTo(200, within(0.1));
        assertThat(journey.points()).extracting(Point::leg).containsExactly(0, 0, 1, 1);
    }

    @Test
    void whoStandsStillDrivesNoWay() {
        IntStream.range(0, 7).forEach(i -> add(0, i, i % 2 == 0 ? 0 : 10, ACCEPTED));
        assertThat(journey.metres()).isZero();
        add(0, 60, 20, ACCEPTED);
        assertThat(journey.metres()).isCloseTo(20, within(0.1));
    }

    @Test
    void ofMoreThanFitEveryOtherIsLeftOutAndTheWayIsAsLong() {
        var longest = new Journey(8, Track.SPEED_MAX);
        for (var i = 0; i <= 1_000; i++) {
            longest.add(0, new Judged(fix(10 * i, 100 * i), ACCEPTED));
            assertThat(longest.points()).hasSizeBetween(1, 8);
            assertThat(longest.points().getLast().fix()).isEqualTo(fix(10 * i, 100 * i));
        }
        assertThat(longest.isThinned()).isTrue();
        assertThat(longest.metres()).isCloseTo(100_000, within(1.0));
        assertThat(longest.points())
                .extracting(point -> (point.fix().recordedAtMs() - Said.ms(0)) / 10_000)
                .containsExactly(0L, 256L, 512L, 768L, 1_000L);
    }

    @Test
    void oneThatMayHoldNothingIsRefused() {
        assertThatThrownBy(() -> new Journey(1, Track.SPEED_MAX)).hasMessage("pointsMax: 1 (expected: at least 2)");
    }
}
