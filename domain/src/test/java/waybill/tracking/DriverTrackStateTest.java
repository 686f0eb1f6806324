package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static waybill.tracking.FixSamples.KARI;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixSamples.ms;
import static waybill.tracking.FixSamples.positionAt;
import static waybill.tracking.FixStatus.ACCEPTED;
import static waybill.tracking.FixStatus.IMPLAUSIBLE;
import static waybill.tracking.FixStatus.STALE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriverTrackStateTest {

    private static final double FAR = 50_000;

    @Test
    void aPlausibleDriveIsAccepted() {
        assertThat(statuses(fix(0, 0), fix(5, 60), fix(10, 130))).containsExactly(ACCEPTED, ACCEPTED, ACCEPTED);
    }

    @Test
    void lateAndDuplicateFixesAreStale() {
        assertThat(statuses(fix(10, 100), fix(5, 50), fix(10, 100), fix(10, FAR), fix(11, 110)))
                .containsExactly(ACCEPTED, STALE, STALE, STALE, ACCEPTED);
        assertThat(after(fix(10, 100), fix(5, 50)).newest()).isEqualTo(fix(10, 100));
    }

    @Test
    void ofFixesThatAreNotDatedTheLastToArriveIsTheNewest() {
        var track = DriverTrackState.start(fix(10, 100)).nextUndated(fix(10, 110), DriverTrackState.SPEED_MAX);
        assertThat(track).returns(ACCEPTED, DriverTrackState::status).returns(fix(10, 110), DriverTrackState::newest);
        assertThat(track.nextUndated(fix(9, 120), DriverTrackState.SPEED_MAX).status())
                .isEqualTo(STALE);
        assertThat(track.nextUndated(fix(10, FAR), DriverTrackState.SPEED_MAX).status())
                .isEqualTo(IMPLAUSIBLE);
    }

    @Test
    void aSingleOutlierIsImplausibleAndDiscarded() {
        assertThat(statuses(fix(0, 0), fix(5, FAR), fix(10, 100), fix(15, FAR)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, ACCEPTED, IMPLAUSIBLE);
        assertThat(after(fix(0, 0), fix(5, FAR)).newest()).isEqualTo(fix(0, 0));
    }

    @Test
    void aSecondFixNearAnOutlierIsAccepted() {
        assertThat(statuses(fix(0, 0), fix(5, FAR), fix(10, FAR + 80), fix(15, FAR + 150), fix(20, 0)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, ACCEPTED, ACCEPTED, IMPLAUSIBLE);
    }

    @Test
    void aRepeatedOutlierDoesNotConfirmItself() {
        assertThat(statuses(
                        fix(0, 0), fix(5, FAR), fix(5, FAR), fix(4, FAR), fix(6, FAR), fix(7, FAR), fix(8, FAR + 9)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, ACCEPTED);
    }

    @Test
    void scatteredFixesAreNeverAccepted() {
        assertThat(statuses(fix(0, 0), fix(5, FAR), fix(10, 2 * FAR), fix(15, 3 * FAR), fix(20, 200)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, ACCEPTED);
    }

    @Test
    void aLongGapAllowsALongDistance() {
        assertThat(statuses(fix(0, 0), fix(3_600, FAR))).containsExactly(ACCEPTED, ACCEPTED);
    }

    @Test
    void theSpeedLimitIsAParameterAndAllowsForInaccuracy() {
        var track = DriverTrackState.start(fix(0, 0));
        var room = 2 * FixSamples.ACCURACY;
        assertThat(track.next(fix(10, 300 + room - 1), 30).status()).isEqualTo(ACCEPTED);
        assertThat(track.next(fix(10, 300 + room + 1), 30).status()).isEqualTo(IMPLAUSIBLE);
    }

    @Test
    void coarseTimestampsAreNotImplausible() {
        assertThat(statuses(fix(0, 0), fix(0.001, 60))).containsExactly(ACCEPTED, ACCEPTED);
    }

    @Test
    void inaccuracyIsCappedWhenCheckingAJump() {
        var vague = new Fix(KARI, positionAt(FAR), Fix.UNKNOWN, Fix.UNKNOWN, 1e9, ms(5), ms(5));
        assertThat(statuses(fix(0, 0), vague)).containsExactly(ACCEPTED, IMPLAUSIBLE);
    }

    @Test
    void aMissingSpeedIsDerivedFromTheDistance() {
        assertThat(after(fix(0, 0), fix(10, 80)).speed()).isCloseTo(8, within(0.01));
        assertThat(after(fix(KARI, 0, 0, 5), fix(KARI, 1, 80, 5)).speed()).isEqualTo(5);
        assertThat(Fix.isKnown(after(fix(0, 0)).speed())).isFalse();
    }

    @Test
    void speedIsSmoothedOverAMinute() {
        var halted = after(fix(KARI, 0, 0, 10), fix(KARI, 5, 10, 0));
        assertThat(halted.speed()).isBetween(9.0, 9.5);
        assertThat(halted.next(fix(KARI, 600, 10, 0), DriverTrackState.SPEED_MAX)
                        .speed())
                .isLessThan(0.01);
    }

    @Test
    void aReportedSpeedOfZeroIsCorrectedByTheDistance() {
        var track = DriverTrackState.start(fix(KARI, 0, 0, 0));
        for (var second = 1; second <= 300; second++) {
            track = track.next(fix(KARI, second, 14.0 * second, 0), DriverTrackState.SPEED_MAX);
            if (second > 5) {
                assertThat(track.speed()).as("after %s s", second).isBetween(12.0, 14.1);
            }
        }
    }

    @Test
    void aStationaryPhoneHasNoSpeed() {
        var track = DriverTrackState.start(fix(KARI, 0, 0, 0));
        for (var second = 1; second <= 300; second++) {
            track = track.next(fix(KARI, second, second % 2 * 15.0, 0), DriverTrackState.SPEED_MAX);
            assertThat(track.speed()).isZero();
        }
    }

    @Test
    void fixesInQuickSuccessionAreNotStored() {
        assertThat(storedFlags(fix(0, 0), fix(0.4, 4), fix(0.999, 10), fix(1, 10), fix(1.9, 19), fix(2.1, 21)))
                .containsExactly(true, false, false, true, false, true);
    }

    @Test
    void lateAndImplausibleFixesAreStoredAndDuplicatesAreNot() {
        assertThat(storedFlags(fix(10, 100), fix(5, 50), fix(10, 100), fix(12, FAR), fix(13, 130)))
                .containsExactly(true, true, false, true, true);
        assertThat(after(fix(10, 100), fix(5, 50)).storedAtMs()).isEqualTo(ms(10));
    }

    private static List<Boolean> storedFlags(Fix first, Fix... rest) {
        var track = DriverTrackState.start(first);
        var stored = new ArrayList<>(List.of(track.isStored()));
        for (var fix : rest) {
            track = track.next(fix, DriverTrackState.SPEED_MAX);
            stored.add(track.isStored());
        }
        return stored;
    }

    private static List<FixStatus> statuses(Fix first, Fix... rest) {
        var track = DriverTrackState.start(first);
        var verdicts = new ArrayList<>(List.of(track.status()));
        for (var fix : rest) {
            track = track.next(fix, DriverTrackState.SPEED_MAX);
            verdicts.add(track.status());
        }
        return verdicts;
    }

    private static DriverTrackState after(Fix first, Fix... rest) {
        var track = DriverTrackState.start(first);
        for (var fix : rest) {
            track = track.next(fix, DriverTrackState.SPEED_MAX);
        }
        return track;
    }
}
