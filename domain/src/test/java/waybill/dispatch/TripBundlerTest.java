package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.dispatch.DispatchSamples.LIMITS;
import static waybill.dispatch.DispatchSamples.MINUTE_MS;
import static waybill.dispatch.DispatchSamples.NO_PROMISE;
import static waybill.dispatch.DispatchSamples.TRAVEL_TIMES;
import static waybill.dispatch.DispatchSamples.at;
import static waybill.dispatch.DispatchSamples.driver;
import static waybill.dispatch.DispatchSamples.order;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import waybill.directory.Vehicle;
import waybill.geo.Area;

class TripBundlerTest {

    @Test
    void ordersOfOneStoreShareATripWhenThereIsOneDriver() {
        var trips = decide(driver("d", 0), order(1, 5, 10, 5), order(2, 5, 12, 5));

        assertThat(trips).hasSize(1);
        assertThat(trips.getFirst().orders())
                .extracting(order -> order.id().value().getLeastSignificantBits())
                .containsExactly(1L, 2L);
        assertThat(trips.getFirst().deliveredAtMs()).containsExactly(10 * MINUTE_MS, 12 * MINUTE_MS);
    }

    @Test
    void storesTwoMinutesApartShareATripAndOthersDoNot() {
        assertThat(decide(driver("d", 0), order(1, 5, 10, 5), order(2, 7, 12, 5))
                        .getFirst()
                        .orders())
                .hasSize(2);
        assertThat(decide(driver("d", 0), order(1, 5, 10, 5), order(2, 8, 12, 5))
                        .getFirst()
                        .orders())
                .hasSize(1);
    }

    @Test
    void aBundleIsNoLargerThanTheDriverCanCarry() {
        var small = new AvailableDriver("small", at(0), 0, AvailableDriver.NO_END, 2);

        var trips = decide(small, order(1, 5, 10, 5), order(2, 5, 10, 5), order(3, 5, 10, 5));

        assertThat(trips.getFirst().orders()).hasSize(2);
    }

    @Test
    void noBundleLeavesTheAreaOfItsDriver() {
        var area = new Area.Circle(at(5), 70_000); // 6.3 minutes
        var local = new AvailableDriver("local", at(0), 0, AvailableDriver.NO_END, 3, Vehicle.DEFAULT, area);

        var trips = decide(local, order(1, 5, 10, 5), order(2, 5, 12, 5), order(3, 5, 11, 5));

        assertThat(trips).hasSize(1);
        assertThat(trips.getFirst().orders())
                .extracting(order -> order.id().value().getLeastSignificantBits())
                .containsExactly(1L, 3L);
    }

    @Test
    void aBundleNeverDeliversAnOrderLaterThanPromised() {
        var promised = order(1, 5, 20, 5, 20 * MINUTE_MS);
        var opposite = order(2, 5, 0, 5, NO_PROMISE);

        assertThat(decide(driver("d", 0), promised, opposite).getFirst().orders())
                .as("the promised order goes first")
                .first()
                .isEqualTo(promised);

        var alsoPromised = order(2, 5, 0, 5, 10 * MINUTE_MS);
        assertThat(decide(driver("d", 0), promised, alsoPromised).getFirst().orders())
                .as("either would be late behind the other")
                .hasSize(1);
    }

    @Test
    void withEnoughDriversEachOrderHasItsOwn() {
        var trips = new Matching(TRAVEL_TIMES, LIMITS, DispatchWeights.defaults())
                .decide(
                        List.of(order(1, 5, 10, 5), order(2, 5, 0, 5)),
                        List.of(driver("a", 4), driver("b", 4)),
                        Map.of(),
                        0)
                .trips();

        assertThat(trips).hasSize(2);
    }

    private static List<Trip> decide(AvailableDriver driver, WaitingOrder... orders) {
        return new Matching(TRAVEL_TIMES, LIMITS, DispatchWeights.defaults())
                .decide(Arrays.asList(orders), List.of(driver), Map.of(), 0)
                .trips();
    }
}
