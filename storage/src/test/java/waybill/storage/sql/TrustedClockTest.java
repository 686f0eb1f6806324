package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;
import static waybill.storage.sql.TrustedClock.TRUST_DELAY;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import waybill.storage.ManualClock;

/// What is too old is deleted by a clock that has been right for a while, and not by one that has just been set.
class TrustedClockTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock time = new ManualClock(NOON);
    private final TrustedClock clock = new TrustedClock(time, time::nanoTime);

    @Test
    void elapsedTimeIsTrusted() {
        time.advance(DAY);
        assertThat(clock.now()).isEqualTo(NOON.plus(DAY));
    }

    @Test
    void aSmallCorrectionIsTrusted() {
        time.jump(MINUTE);
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE));
    }

    @Test
    void aJumpForwardIsTrustedAfterADelay() {
        time.jump(DAY.multipliedBy(31));
        assertThat(clock.now()).isEqualTo(NOON);
        time.advance(TRUST_DELAY.minusSeconds(1));
        assertThat(clock.now()).isEqualTo(NOON.plus(TRUST_DELAY).minusSeconds(1));
        time.advance(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void aRevertedJumpHasNoEffect() {
        time.jump(DAY);
        assertThat(clock.now()).isEqualTo(NOON);
        time.advance(MINUTE);
        time.jump(DAY.negated());
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE));
        time.advance(DAY);
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE).plus(DAY));
    }

    @Test
    void aSecondJumpRestartsTheDelay() {
        time.jump(DAY);
        assertThat(clock.now()).isEqualTo(NOON);
        time.advance(TRUST_DELAY.minus(MINUTE));
        time.jump(DAY.multipliedBy(365));
        clock.now();
        time.advance(MINUTE);
        assertThat(clock.now()).isEqualTo(NOON.plus(TRUST_DELAY));
        time.advance(TRUST_DELAY);
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void aJumpBackIsTrustedAtOnce() {
        time.jump(DAY.negated());
        assertThat(clock.now()).isEqualTo(NOON.minus(DAY));
    }

    @Test
    void aClockAheadAtStartupIsNotTrusted() {
        var lastRun = NOON.minus(DAY.multipliedBy(40));
        clock.resumeFrom(lastRun);
        assertThat(clock.now()).isEqualTo(lastRun);
        time.advance(TRUST_DELAY);
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void dataFromTheFutureDoesNotMoveTheClock() {
        clock.resumeFrom(NOON.plus(DAY.multipliedBy(40)));
        assertThat(clock.now()).isEqualTo(NOON);
    }
}
