package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.tracking.FixSamples.KARI;
import static waybill.tracking.FixSamples.fix;
import static waybill.tracking.FixSamples.ms;
import static waybill.tracking.FixSamples.positionAt;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriverTrackTest {

    private final DriverTrack driver = new DriverTrack(DriverTrackState.SPEED_MAX);

    @Test
    void aBatchContinuesFromTheStoredState() {
        driver.accept(fix(10, 100));
        var outcome = driver.accept(new FixBatch(List.of(fix(15, 150), fix(5, 50))));
        assertThat(outcome.newestAccepted()).contains(fix(15, 150));
        assertThat(driver.state().map(DriverTrackState::newest)).contains(fix(15, 150));
        driver.accept(new FixBatch(List.of(fix(12, 120))));
        assertThat(driver.state().map(DriverTrackState::newest)).contains(fix(15, 150));
    }

    @Test
    void aClockThatIsAheadIsCorrectedAtOnce() {
        var track = dated(0, 3_600);
        assertThat(track)
                .returns(FixStatus.ACCEPTED, DriverTrackState::status)
                .returns(ms(0), state -> state.newest().recordedAtMs())
                .returns(3_600_000L, DriverTrackState::clockOffsetMs);
        assertThat(dated(10, 3_600 + 8).newest().recordedAtMs()).isEqualTo(ms(8));
        assertThat(dated(11, 3_600 + 7).status()).isEqualTo(FixStatus.STALE);
        assertThat(dated(20, 20).clockOffsetMs())
                .as("the phone has set its clock right")
                .isZero();
    }

    @Test
    void aClockThatIsBehindIsCorrectedOnceItIsSteady() {
        assertThat(dated(0, -7_200).newest().isLive(ms(0))).isFalse();
        assertThat(dated(3, -7_197).newest().isLive(ms(3))).isFalse();
        var track = dated(6, -7_194);
        assertThat(track)
                .returns(FixStatus.ACCEPTED, DriverTrackState::status)
                .returns(ms(6), state -> state.newest().recordedAtMs())
                .returns(-7_200_000L, DriverTrackState::clockOffsetMs);
    }

    @Test
    void bufferedFixesDoNotShiftTheClock() {
        for (var i = 0; i < 100; i++) { // a fix of every ten seconds, one every second
            var track = dated(i, -7_200 + 10 * i);
            assertThat(track.newest().isLive(ms(i))).isFalse();
            assertThat(track.clockOffsetMs()).isZero();
        }
    }

    @Test
    void fixesOlderThanAnyBufferShiftTheClock() {
        var seconds = 1_024.0 * 7 * 24 * 3_600; // after that many, some receivers begin to count anew
        var track = dated(0, -seconds);
        assertThat(track.newest().isLive(ms(0))).isFalse();
        assertThat(track.clockOffsetMs()).isEqualTo(-619_315_200_000L);
        assertThat(dated(1, 1 - seconds).newest().recordedAtMs()).isEqualTo(ms(1));
    }

    private DriverTrackState dated(double receivedAt, double recordedAt) {
        return driver.acceptDated(
                KARI,
                positionAt(receivedAt),
                Fix.UNKNOWN,
                Fix.UNKNOWN,
                FixSamples.ACCURACY,
                ms(recordedAt),
                ms(receivedAt));
    }

    @Test
    void aFixThatAnotherNodeHasAcceptedIsTakenOverIfItIsNewer() {
        driver.accept(fix(10, 100));
        assertThat(driver.follow(fix(5, 50))).isFalse();
        assertThat(driver.follow(fix(10, 900))).isFalse();
        assertThat(driver.follow(fix(11, 100_000))).as("however far away").isTrue();
        assertThat(driver.state().map(DriverTrackState::newest)).contains(fix(11, 100_000));
        assertThat(driver.accept(fix(12, 120)).status()).isEqualTo(FixStatus.IMPLAUSIBLE);
        assertThat(new DriverTrack(DriverTrackState.SPEED_MAX).follow(fix(0, 0)))
                .isTrue();
    }
}
