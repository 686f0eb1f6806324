package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static waybill.tracking.Said.KARI;
import static waybill.tracking.Said.at;
import static waybill.tracking.Said.fix;
import static waybill.tracking.Said.ms;
import static waybill.tracking.Verdict.ACCEPTED;
import static waybill.tracking.Verdict.IMPLAUSIBLE;
import static waybill.tracking.Verdict.STALE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTest {

    private static final double FAR = 50_000;

    @Test
    void aDriverOnTheRoadIsBelieved() {
        assertThat(verdicts(fix(0, 0), fix(5, 60), fix(10, 130))).containsExactly(ACCEPTED, ACCEPTED, ACCEPTED);
    }

    @Test
    void whatIsLateOrSaidTwiceIsStaleAndChangesNothing() {
        assertThat(verdicts(fix(10, 100), fix(5, 50), fix(10, 100), fix(10, FAR), fix(11, 110)))
                .containsExactly(ACCEPTED, STALE, STALE, STALE, ACCEPTED);
        assertThat(after(fix(10, 100), fix(5, 50)).newest()).isEqualTo(fix(10, 100));
    }

    @Test
    void ofFixesThatAreNotDatedTheLastToArriveIsTheNewest() {
        var track = Track.begin(fix(10, 100)).nextUndated(fix(10, 110), Track.SPEED_MAX);
        assertThat(track).returns(ACCEPTED, Track::verdict).returns(fix(10, 110), Track::newest);
        assertThat(track.nextUndated(fix(9, 120), Track.SPEED_MAX).verdict()).isEqualTo(STALE);
        assertThat(track.nextUndated(fix(10, FAR), Track.SPEED_MAX).verdict()).isEqualTo(IMPLAUSIBLE);
    }

    @Test
    void oneFixThatWentAstrayIsMarkedAndForgotten() {
        assertThat(verdicts(fix(0, 0), fix(5, FAR), fix(10, 100), fix(15, FAR)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, ACCEPTED, IMPLAUSIBLE);
        assertThat(after(fix(0, 0), fix(5, FAR)).newest()).isEqualTo(fix(0, 0));
    }

    @Test
    void aSecondFixNearTheFirstOneAstrayIsBelieved() {
        assertThat(verdicts(fix(0, 0), fix(5, FAR), fix(10, FAR + 80), fix(15, FAR + 150), fix(20, 0)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, ACCEPTED, ACCEPTED, IMPLAUSIBLE);
    }

    @Test
    void aFixAstrayThatIsSaidTwiceDoesNotSpeakForItself() {
        assertThat(verdicts(
                        fix(0, 0), fix(5, FAR), fix(5, FAR), fix(4, FAR), fix(6, FAR), fix(7, FAR), fix(8, FAR + 9)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, ACCEPTED);
    }

    @Test
    void fixesThatAgreeWithNothingAreNeverBelieved() {
        assertThat(verdicts(fix(0, 0), fix(5, FAR), fix(10, 2 * FAR), fix(15, 3 * FAR), fix(20, 200)))
                .containsExactly(ACCEPTED, IMPLAUSIBLE, IMPLAUSIBLE, IMPLAUSIBLE, ACCEPTED);
    }

    @Test
    void thereIsTimeToGetAnywhereInAnHour() {
        assertThat(verdicts(fix(0, 0), fix(3_600, FAR))).containsExactly(ACCEPTED, ACCEPTED);
    }

    @Test
    void theLimitIsTheCallersAndLeavesRoomForInaccuracy() {
        var track = Track.begin(fix(0, 0));
        var room = 2 * Said.ACCURACY;
        assertThat(track.next(fix(10, 300 + room - 1), 30).verdict()).isEqualTo(ACCEPTED);
        assertThat(track.next(fix(10, 300 + room + 1), 30).verdict()).isEqualTo(IMPLAUSIBLE);
    }

    @Test
    void aCoarseClockIsNoTeleport() {
        assertThat(verdicts(fix(0, 0), fix(0.001, 60))).containsExactly(ACCEPTED, ACCEPTED);
    }

    @Test
    void boundlessInaccuracyExcusesNoJump() {
        var vague = new Fix(KARI, at(FAR), Fix.NOT_SAID, Fix.NOT_SAID, 1e9, ms(5), ms(5));
        assertThat(verdicts(fix(0, 0), vague)).containsExactly(ACCEPTED, IMPLAUSIBLE);
    }

    @Test
    void speedIsSeenWhereItIsNotSaid() {
        assertThat(after(fix(0, 0), fix(10, 80)).speed()).isCloseTo(8, within(0.01));
        assertThat(after(fix(KARI, 0, 0, 5), fix(KARI, 1, 80, 5)).speed()).isEqualTo(5);
        assertThat(Fix.isSaid(after(fix(0, 0)).speed())).isFalse();
    }

    @Test
    void speedIsEvenedOutOverAMinute() {
        var halted = after(fix(KARI, 0, 0, 10), fix(KARI, 5, 10, 0));
        assertThat(halted.speed()).isBetween(9.0, 9.5);
        assertThat(halted.next(fix(KARI, 600, 10, 0), Track.SPEED_MAX).speed()).isLessThan(0.01);
    }

    @Test
    void aPhoneThatAlwaysSaysZeroIsAsFastAsTheWayItMakes() {
        var track = Track.begin(fix(KARI, 0, 0, 0));
        for (var second = 1; second <= 300; second++) {
            track = track.next(fix(KARI, second, 14.0 * second, 0), Track.SPEED_MAX);
            if (second > 5) {
                assertThat(track.speed()).as("after %s s", second).isBetween(12.0, 14.1);
            }
        }
    }

    @Test
    void aPhoneThatLiesStillIsNotFast() {
        var track = Track.begin(fix(KARI, 0, 0, 0));
        for (var second = 1; second <= 300; second++) {
            track = track.next(fix(KARI, second, second % 2 * 15.0, 0), Track.SPEED_MAX);
            assertThat(track.speed()).isZero();
        }
    }

    @Test
    void whatComesInQuickSuccessionAddsNothingToTheHistory() {
        assertThat(kept(fix(0, 0), fix(0.4, 4), fix(0.999, 10), fix(1, 10), fix(1.9, 19), fix(2.1, 21)))
                .containsExactly(true, false, false, true, false, true);
    }

    @Test
    void whatIsLateOrAstrayIsKeptButNotWhatIsSaidTwice() {
        assertThat(kept(fix(10, 100), fix(5, 50), fix(10, 100), fix(12, FAR), fix(13, 130)))
                .containsExactly(true, true, false, true, true);
        assertThat(after(fix(10, 100), fix(5, 50)).keptAtMs()).isEqualTo(ms(10));
    }

    private static List<Boolean> kept(Fix first, Fix... rest) {
        var track = Track.begin(first);
        var kept = new ArrayList<>(List.of(track.isKept()));
        for (var fix : rest) {
            track = track.next(fix, Track.SPEED_MAX);
            kept.add(track.isKept());
        }
        return kept;
    }

    private static List<Verdict> verdicts(Fix first, Fix... rest) {
        var track = Track.begin(first);
        var verdicts = new ArrayList<>(List.of(track.verdict()));
        for (var fix : rest) {
            track = track.next(fix, Track.SPEED_MAX);
            verdicts.add(track.verdict());
        }
        return verdicts;
    }

    private static Track after(Fix first, Fix... rest) {
        var track = Track.begin(first);
        for (var fix : rest) {
            track = track.next(fix, Track.SPEED_MAX);
        }
        return track;
    }
}
