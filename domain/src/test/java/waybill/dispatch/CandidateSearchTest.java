package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.directory.Vehicle;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.order.OrderId;

class CandidateSearchTest {

    private static final double METRES_PER_SECOND = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 40, 500})
    void theCandidatesAreTheEarliestOfAllDrivers(int count) {
        var random = new Random(count);
        var drivers = new ArrayList<AvailableDriver>();
        for (var i = 0; i < count; i++) {
            var place = new Position(6.8 + random.nextDouble() * 0.2, 79.8 + random.nextDouble() * 0.2);
            drivers.add(new AvailableDriver("d" + i, place, random.nextInt(900_000), AvailableDriver.NO_END, 1));
        }
        var store = new Position(6.9, 79.9);

        var found = search(drivers, 24).earliestFor(order(store, store));

        var expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> arrivalS(drivers.get(i), store)))
                .limit(24)
                .toList();
        assertThat(Arrays.stream(found).boxed()).containsExactlyElementsOf(expected);
    }

    @Test
    void aDriverBeyondTheAntimeridianIsNear() {
        var east = new AvailableDriver("east", new Position(-17, 179.999), 0, AvailableDriver.NO_END, 1);
        var far = new AvailableDriver("far", new Position(-17, -179.9), 0, AvailableDriver.NO_END, 1);

        assertThat(search(List.of(far, east), 1).earliestFor(order(new Position(-17, -179.999), far.position())))
                .containsExactly(1);
    }

    @Test
    void withoutDriversThereAreNoCandidates() {
        assertThat(search(List.of(), 24).earliestFor(order(new Position(0, 0), new Position(0, 0))))
                .isEmpty();
    }

    @Test
    void aSlowVehicleIsLaterThanAFastOneThatIsFartherAway() {
        var onFoot = driver("foot", 0.01, Vehicle.FOOT, null);
        var byCar = driver("car", 0.02, Vehicle.CAR, null);
        var store = new Position(0, 0);

        assertThat(search(List.of(onFoot, byCar), 2).earliestFor(order(store, store)))
                .containsExactly(1, 0);
    }

    @Test
    void aDriverIsNoCandidateWithTheStoreOrTheCustomerOutsideItsArea() {
        var nearStore = new Area.Circle(new Position(0, 0), 2_000);
        var drivers = List.of(
                driver("local", 0.001, Vehicle.CAR, nearStore),
                driver("elsewhere", 0.002, Vehicle.CAR, new Area.Circle(new Position(0, 0.1), 2_000)),
                driver("anywhere", 0.003, Vehicle.CAR, null));
        var search = search(drivers, 2);
        var store = new Position(0, 0);

        assertThat(search.earliestFor(order(store, new Position(0, 0.01)))).containsExactly(0, 2);
        assertThat(search.earliestFor(order(store, new Position(0, 0.1)))).containsExactly(2);
    }

    private static AvailableDriver driver(String id, double longitude, Vehicle vehicle, @Nullable Area area) {
        return new AvailableDriver(id, new Position(0, longitude), 0, AvailableDriver.NO_END, 1, vehicle, area);
    }

    private static WaitingOrder order(Position store, Position customer) {
        return new WaitingOrder(new OrderId(new UUID(0, 1)), "store", store, customer, 0, DispatchSamples.NO_PROMISE);
    }

    private static double arrivalS(AvailableDriver driver, Position store) {
        return driver.freeAtMs() / 1_000.0 + driver.position().metresTo(store) / METRES_PER_SECOND;
    }

    private static CandidateSearch search(List<AvailableDriver> drivers, int max) {
        return new CandidateSearch(
                drivers,
                0,
                new DispatchLimits(
                        max,
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(1),
                        3,
                        Duration.ofMinutes(2),
                        Duration.ZERO,
                        Duration.ZERO,
                        METRES_PER_SECOND));
    }
}
