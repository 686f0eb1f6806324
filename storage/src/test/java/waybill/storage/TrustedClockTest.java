package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.NOON;
import static waybill.storage.TrustedClock.HELD_FOR;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is too old is deleted by a clock that has been right for a while, and not by one that has just been set.
class TrustedClockTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final MadeUpTime time = new MadeUpTime(NOON);
    private final TrustedClock clock = new TrustedClock(time, time::nanoTime);

    @Test
    void timeThatPassesIsBelieved() {
        time.pass(DAY);
        assertThat(clock.now()).isEqualTo(NOON.plus(DAY));
    }

    @Test
    void aSmallCorrectionIsBelieved() {
        time.jump(MINUTE);
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE));
    }

    @Test
    void aJumpForwardIsBelievedOnceTheClockHasStayedThere() {
        time.jump(DAY.multipliedBy(31));
        assertThat(clock.now()).isEqualTo(NOON);
        time.pass(HELD_FOR.minusSeconds(1));
        assertThat(clock.now()).isEqualTo(NOON.plus(HELD_FOR).minusSeconds(1));
        time.pass(Duration.ofSeconds(1));
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void aJumpThatIsTakenBackHasNeverBeen() {
        time.jump(DAY);
        assertThat(clock.now()).isEqualTo(NOON);
        time.pass(MINUTE);
        time.jump(DAY.negated());
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE));
        time.pass(DAY);
        assertThat(clock.now()).isEqualTo(NOON.plus(MINUTE).plus(DAY));
    }

    @Test
    void aSecondJumpWaitsAsLongAsTheFirst() {
        time.jump(DAY);
        assertThat(clock.now()).isEqualTo(NOON);
        time.pass(HELD_FOR.minus(MINUTE));
        time.jump(DAY.multipliedBy(365));
        clock.now();
        time.pass(MINUTE);
        assertThat(clock.now()).isEqualTo(NOON.plus(HELD_FOR));
        time.pass(HELD_FOR);
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void aClockThatGoesBackIsBelievedAtOnce() {
        time.jump(DAY.negated());
        assertThat(clock.now()).isEqualTo(NOON.minus(DAY));
    }

    @Test
    void aClockThatIsAheadWhenTheHubStartsIsNotBelievedEither() {
        var lastRun = NOON.minus(DAY.multipliedBy(40));
        clock.goOnFrom(lastRun);
        assertThat(clock.now()).isEqualTo(lastRun);
        time.pass(HELD_FOR);
        assertThat(clock.now()).isEqualTo(time.instant());
    }

    @Test
    void dataFromTheFutureDoesNotMoveTheClock() {
        clock.goOnFrom(NOON.plus(DAY.multipliedBy(40)));
        assertThat(clock.now()).isEqualTo(NOON);
    }
}
