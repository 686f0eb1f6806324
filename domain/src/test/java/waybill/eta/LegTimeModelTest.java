package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LegTimeModelTest {

    private final LegTimeModel model = new LegTimeModel();
    private final Random random = new Random(7);

    @Test
    void withoutLegsOfThatLengthThereIsNoPrediction() {
        learn("d", 500, 12, 10, 1);

        assertThat(model.predict(new Leg("d", 500, 12))).isPresent();
        assertThat(model.predict(new Leg("d", 5_000, 12))).isEmpty();
    }

    @Test
    void theMedianOfTheLengthIsPredicted() {
        for (var i = 0; i < 500; i++) {
            learn("d" + i % 50, 300, 12, 5 + random.nextInt(11), 1);
            learn("d" + i % 50, 3_000, 12, 25 + random.nextInt(11), 1);
        }

        assertThat(minutes("d1", 300, 12)).isCloseTo(10, within(1.5));
        assertThat(minutes("d1", 3_000, 12)).isCloseTo(30, within(3.0));
    }

    @Test
    void aSlowDriverAndABusyHourTakeLonger() {
        for (var i = 0; i < 2_000; i++) {
            var driver = "d" + random.nextInt(20);
            var hour = random.nextInt(24);
            var minutes = 10 * (driver.equals("d3") ? 2 : 1) * (hour == 18 ? 1.5 : 1);
            learn(driver, 300, hour, minutes, 1);
        }

        assertThat(minutes("d3", 300, 10)).isGreaterThan(1.5 * minutes("d4", 300, 10));
        assertThat(minutes("d4", 300, 18)).isGreaterThan(1.2 * minutes("d4", 300, 10));
    }

    @Test
    void oneLegOfANewDriverHardlyMovesItsPrediction() {
        for (var i = 0; i < 500; i++) {
            learn("d" + i % 50, 300, 12, 10, 1);
        }
        learn("new", 300, 12, 100, 1);

        assertThat(minutes("new", 300, 12)).isCloseTo(10, within(1.0));
    }

    @Test
    void theBandHoldsFourOfFiveLegsAlsoAfterTimesBecomeLessCertain() {
        for (var i = 0; i < 2_000; i++) {
            learn("d" + i % 50, 300, 12, 8 + random.nextDouble() * 4, 1);
        }
        var held = 0;
        for (var i = 0; i < 4_000; i++) {
            var leg = new Leg("d" + i % 50, 300, 12);
            var minutes = 2 + random.nextDouble() * 16;
            var band = model.predict(leg).orElseThrow();
            if (i >= 2_000 && band.low() <= minutes && minutes <= band.high()) {
                held++;
            }
            assertThat(band.minutes()).isBetween(band.low(), band.high());
            model.learn(leg, minutes);
        }

        assertThat(held / 2_000.0).isCloseTo(0.8, within(0.04));
    }

    @Test
    void aLegWithABreakTeachesNothing() {
        learn("d", 300, 12, 10, 100);
        var before = model.predict(new Leg("d", 300, 12));

        learn("d", 300, 12, 121, 1_000);
        learn("d", 300, 12, Double.NaN, 1);
        learn("d", 300, 12, -1, 1);

        assertThat(model.predict(new Leg("d", 300, 12))).isEqualTo(before);
    }

    @Test
    void whatWasLongAgoFades() {
        learn("d", 300, 12, 10, 10_000);
        learn("d", 300, 12, 20, 20_000);

        assertThat(minutes("d", 300, 12)).isCloseTo(20, within(2.0));
    }

    @Test
    void aLegIsWithinItsRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Leg("d", Double.NaN, 1))
                .withMessageContaining("metres");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Leg("d", 1, 24))
                .withMessageContaining("hour: 24 (expected: 0..23)");
    }

    private void learn(String driver, double metres, int hour, double minutes, int times) {
        for (var i = 0; i < times; i++) {
            model.learn(new Leg(driver, metres, hour), minutes);
        }
    }

    private double minutes(String driver, double metres, int hour) {
        return model.predict(new Leg(driver, metres, hour)).orElseThrow().minutes();
    }
}
