package waybill.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.dispatch.DispatchWeights;

class DaySimulationTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void matchingDeliversMoreThanTheNearestDriverDoesAndSooner(long seed) {
        var day = GeneratedDay.of(seed);
        var travelTimes = Plane.atSpeed(day.metresPerMinute());
        var limits = DispatchPolicy.limits(day.metresPerMinute());

        var nearest = new DaySimulation(day, new DispatchPolicy.Nearest(travelTimes, limits)).run();
        var matching = new DaySimulation(
                        day, new DispatchPolicy.OfTheHub(travelTimes, limits, DispatchWeights.defaults()))
                .run();

        assertThat(matching.delivered()).isGreaterThanOrEqualTo(0.99).isGreaterThanOrEqualTo(nearest.delivered());
        assertThat(matching.meanClickToDoor()).isLessThan(nearest.meanClickToDoor() - 2);
    }
}
