package waybill.eta;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.eta.EtaSamples.MINUTE;
import static waybill.eta.EtaSamples.north;
import static waybill.eta.EtaSamples.order;
import static waybill.order.OrderState.ASSIGNED_TO_DRIVER;
import static waybill.order.OrderState.IN_TRANSIT;
import static waybill.order.OrderState.PREPARING;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.eta.ArrivalCalculator.ReadyTime;
import waybill.eta.ArrivalCalculator.Start;
import waybill.order.Order;

/// A kilometre takes ten minutes here, between six and eighteen.
class ArrivalCalculatorTest {

    private static final ReadyTime READY = new ReadyTime(0, 0, 0);
    private static final Start START = new Start("kari", north(0), 0);

    private final EtaModel model = EtaModel.create();
    private EtaSource source = EtaSource.ROUTED;
    private final ArrivalCalculator calculator = new ArrivalCalculator(model, this::travel);

    private Travel travel(TravelRequest request) {
        var metres = request.straightMetres();
        var ms = Math.round(metres / 1_000 * 10 * MINUTE);
        return new Travel(ms, metres, new Travel.Band(ms * 6 / 10, ms * 18 / 10), List.of(), source);
    }

    private Optional<ArrivalEstimate> estimate(ReadyTime ready, Order of, Order... ofDriver) {
        var stops = DeliveryPlan.stopsUntil(
                of, List.of(ofDriver), order -> order.details().pickup());
        return calculator.estimate(START, stops, _ -> ready);
    }

    private static double minutes(long ms) {
        return Math.round(ms * 10.0 / MINUTE) / 10.0;
    }

    @Test
    void theOnlyStopIsItsLeg() {
        var order = order(1, IN_TRANSIT, 0, 1_000);
        var estimate = estimate(READY, order, order).orElseThrow();

        assertThat(minutes(estimate.arrivalMs())).isEqualTo(10);
        assertThat(minutes(estimate.lowMs())).isEqualTo(6);
        assertThat(minutes(estimate.highMs())).isEqualTo(18);
        assertThat(estimate.source()).isEqualTo(EtaSource.ROUTED);
    }

    @Test
    void theStopsBeforeAddTheirLegsAndTheHandingOver() {
        var before = order(1, IN_TRANSIT, 0, 1_000);
        var order = order(2, IN_TRANSIT, 0, 2_000);
        var estimate = estimate(READY, order, before, order).orElseThrow();
        var service = model.dropoffService().predict("").minutes();

        assertThat(minutes(estimate.arrivalMs())).isEqualTo(Math.round(10 * (20 + service)) / 10.0);
        assertThat(estimate.highMs() - estimate.arrivalMs())
                .as("two legs are seldom slow both")
                .isLessThan(2 * 8 * MINUTE);
    }

    @Test
    void anOrderThatIsNotReadyYetIsWaitedFor() {
        var order = order(1, PREPARING, 1_000, 2_000);
        var service = model.pickupService().predict(order.store()).minutes();
        var late = estimate(new ReadyTime(30 * MINUTE, 25 * MINUTE, 40 * MINUTE), order, order)
                .orElseThrow();
        var early = estimate(new ReadyTime(5 * MINUTE, 5 * MINUTE, 5 * MINUTE), order, order)
                .orElseThrow();

        assertThat(minutes(late.arrivalMs())).isEqualTo(Math.round(10 * (30 + service + 10)) / 10.0);
        assertThat(minutes(early.arrivalMs())).isEqualTo(Math.round(10 * (10 + service + 10)) / 10.0);
    }

    @Test
    void placesThatAreNotKnownAddNoLeg() {
        var order = order(1, ASSIGNED_TO_DRIVER, Double.NaN, 1_000);
        var service = model.pickupService().predict(order.store()).minutes();

        assertThat(minutes(estimate(READY, order, order).orElseThrow().arrivalMs()))
                .isEqualTo(Math.round(10 * (10 + service)) / 10.0);
        var nowhere = order(2, IN_TRANSIT, 0, Double.NaN);
        assertThat(estimate(READY, nowhere, nowhere)).isEmpty();
    }

    @Test
    void oneLegThatIsNotRoutedMakesTheSumALearntOne() {
        source = EtaSource.LEARNT;
        var order = order(1, IN_TRANSIT, 0, 1_000);

        assertThat(estimate(READY, order, order).orElseThrow().source()).isEqualTo(EtaSource.LEARNT);
    }

    @Test
    void aBandThatHeldTooFewIsWidened() {
        var order = order(1, IN_TRANSIT, 0, 1_000);
        var before = estimate(READY, order, order).orElseThrow();
        for (var i = 0; i < 100; i++) {
            var prediction = new Calibration.Prediction(
                    Calibration.Stage.TO_STOP, 1_000, 0, before.arrivalMs(), before.lowMs(), before.highMs(), 0);
            model.calibration().learn(prediction, 25 * MINUTE);
        }

        assertThat(minutes(estimate(READY, order, order).orElseThrow().highMs()))
                .isEqualTo(25);
        var waiting = order(2, ASSIGNED_TO_DRIVER, 0, 1_000);
        assertThat(estimate(READY, waiting, waiting).orElseThrow().highMs())
                .as("another stage")
                .isLessThan(25 * MINUTE);
    }
}
