package waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.tracking.Said.at;
import static waybill.tracking.Said.ms;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class EtaTest {

    @Test
    void sixKilometresThroughATownTakeSomeTwentyMinutes() {
        var eta = Eta.of(at(0), at(6_000), Fix.NOT_SAID, ms(0));
        assertThat(eta.minutes()).isBetween(20, 25);
        assertThat(eta.low()).isBetween(13, 19);
        assertThat(eta.high()).isBetween(26, 40);
        assertThat(eta.estimatedDeliveryTimeMs()).isEqualTo(ms(0) + eta.remainingMs());
    }

    @Test
    void aFastDriverIsSoonerThereAndOneAtALightIsNotLost() {
        var usual = Eta.of(at(0), at(6_000), Fix.NOT_SAID, ms(0));
        assertThat(Eta.of(at(0), at(6_000), 20, ms(0)).remainingMs()).isLessThan(usual.remainingMs());
        assertThat(Eta.of(at(0), at(6_000), 0, ms(0))).isEqualTo(usual);
        assertThat(Eta.of(at(0), at(6_000), 3, ms(0)).remainingMs()).isGreaterThan(usual.remainingMs());
        assertThat(Eta.of(at(0), at(6_000), 1e6, ms(0))).isEqualTo(Eta.of(at(0), at(6_000), 25, ms(0)));
    }

    @Test
    void atTheDoorNothingIsLeft() {
        assertThat(Eta.of(at(0), at(0), 5, ms(0))).isEqualTo(new Eta(0, ms(0)));
        assertThat(new Eta(0, ms(0)).high()).isZero();
    }

    @Property(tries = 500, seed = "1")
    void theGuessLiesInItsRange(
            @ForAll @DoubleRange(max = 5_000_000) double metres, @ForAll @DoubleRange(max = 60) double speed) {
        var eta = Eta.of(at(0), at(metres), speed, ms(0));
        assertThat(eta.minutes()).isBetween(eta.low(), eta.high());
        assertThat(eta.low()).isNotNegative();
    }

    @Test
    void itIsToldAgainWhenThereIsAMinuteLessToWait() {
        var told = new Eta(600_000, ms(600));
        assertThat(new Eta(541_000, ms(600)).movedSince(told)).isFalse();
        assertThat(new Eta(540_000, ms(600)).movedSince(told)).isTrue();
    }

    @Test
    void itIsToldAgainWhenADriverStandsStill() {
        var told = new Eta(600_000, ms(600));
        assertThat(new Eta(600_000, ms(659)).movedSince(told)).isFalse();
        assertThat(new Eta(600_000, ms(660)).movedSince(told)).isTrue();
        assertThat(told.movedSince(told)).isFalse();
    }
}
