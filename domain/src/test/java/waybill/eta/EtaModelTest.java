package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static waybill.eta.EtaSamples.MINUTE;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import waybill.eta.Calibration.Prediction;
import waybill.eta.Calibration.Stage;

class EtaModelTest {

    private final EtaModel model = EtaModel.create();
    private final Random random = new Random(3);

    private void learn(int times) {
        for (var i = 0; i < times; i++) {
            model.legs().learn(new Leg("d" + i % 40, 50 + random.nextInt(4_000), i % 24), 2 + random.nextInt(30));
            model.preparation().learn("s" + i % 5, 5 + random.nextInt(20));
            model.pickupService().learn("s" + i % 5, random.nextInt(5));
            model.dropoffService().learn("", random.nextInt(5));
            var prediction = new Prediction(Stage.TO_STOP, random.nextInt(3_000), 0, 10 * MINUTE, 0, 20 * MINUTE, 0);
            model.calibration().learn(prediction, random.nextInt(25) * MINUTE);
        }
    }

    @Test
    void whatWasLearntIsTheSameAfterARestart() throws IOException {
        learn(3_000);
        var restored = EtaModel.decode(model.encode());

        for (var metres = 60; metres < 4_000; metres *= 2) {
            var leg = new Leg("d3", metres, 18);
            var before = model.legs().predict(leg).orElseThrow();
            var after = restored.legs().predict(leg).orElseThrow();
            assertThat(after.minutes()).isCloseTo(before.minutes(), within(0.01));
            assertThat(after.high()).isCloseTo(before.high(), within(0.01));
        }
        assertThat(restored.preparation().predict("s2").minutes())
                .isCloseTo(model.preparation().predict("s2").minutes(), within(0.01));
        assertThat(restored.dropoffService().predict("").high())
                .isCloseTo(model.dropoffService().predict("").high(), within(0.01));
        assertThat(restored.calibration().rows()).isEqualTo(model.calibration().rows());
        assertThat(restored.calibration().correction(Stage.TO_STOP))
                .isCloseTo(model.calibration().correction(Stage.TO_STOP), within(0.001));
    }

    @Test
    void bytesThatAreDamagedAreNoModel() {
        var bytes = model.encode();
        assertThatThrownBy(() -> EtaModel.decode(Arrays.copyOf(bytes, bytes.length / 2)))
                .isInstanceOf(IOException.class);
        bytes[3] = 9;
        assertThatThrownBy(() -> EtaModel.decode(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage("version: 9 (expected: 1)");
    }

    @Test
    void aStoreThatPreparesSlowlyHasATimeOfItsOwn() {
        for (var i = 0; i < 200; i++) {
            model.preparation().learn("quick" + i % 20, 10);
            model.preparation().learn("slow", 40);
        }

        assertThat(model.preparation().predict("slow").minutes()).isGreaterThan(30);
        assertThat(model.preparation().predict("quick3").minutes()).isLessThan(20);
    }

    @Test
    void beforeAnythingIsLearntTimesAreAssumed() {
        var preparation = model.preparation().predict("new");
        assertThat(preparation.minutes()).isCloseTo(15, within(1.0));
        assertThat(preparation.low()).isLessThan(12);
        assertThat(preparation.high()).isGreaterThan(18);
        model.preparation().learn("new", 121);
        model.preparation().learn("new", Double.NaN);
        assertThat(model.preparation().predict("new")).isEqualTo(preparation);
    }

    /// The straight line counts as long as few legs are learnt.
    @Test
    void oneLegDoesNotReplaceTheStraightLine() {
        var times = new LearntTravelTimes(model.legs(), ZoneOffset.UTC);
        var leg = new Leg("d", 1_000, 12);
        var straight = times.time(leg).minutes();
        model.legs().learn(leg, 60);
        assertThat(times.time(leg).minutes()).isBetween(straight, straight + 5);
        for (var i = 0; i < 1_000; i++) {
            model.legs().learn(leg, 60);
        }
        assertThat(times.time(leg).minutes()).isCloseTo(60, within(2.0));
    }

    @Test
    void theHourIsTheLocalOne() {
        var oslo = new LearntTravelTimes(model.legs(), ZoneOffset.ofHours(2));
        assertThat(oslo.hour(0)).isEqualTo(2);
        assertThat(oslo.hour(23 * 60 * MINUTE)).isEqualTo(1);
    }

    @Test
    void anErrorCountsByStageAndDistance() {
        model.calibration()
                .learn(new Prediction(Stage.BEFORE_PICKUP, 700, 0, 10 * MINUTE, 0, 20 * MINUTE, 0), 14 * MINUTE);
        model.calibration()
                .learn(new Prediction(Stage.BEFORE_PICKUP, 700, 0, 10 * MINUTE, 0, 20 * MINUTE, 0), 24 * MINUTE);
        model.calibration()
                .learn(new Prediction(Stage.BEFORE_PICKUP, 700, 0, 10 * MINUTE, 0, 20 * MINUTE, 0), 9_000 * MINUTE);

        var row = model.calibration().rows().stream()
                .filter(one -> one.deliveries() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(row.stage()).isEqualTo(Stage.BEFORE_PICKUP);
        assertThat(row.metresFrom()).isEqualTo(500);
        assertThat(row.deliveries()).as("one was left undone").isEqualTo(2);
        assertThat(row.meanError()).isEqualTo(9);
        assertThat(row.bias()).isEqualTo(9);
        assertThat(row.coverage()).isEqualTo(0.5);
    }
}
