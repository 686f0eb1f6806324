package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static waybill.dispatch.DispatchSamples.LIMITS;
import static waybill.dispatch.DispatchSamples.TRAVEL_TIMES;
import static waybill.dispatch.DispatchSamples.at;
import static waybill.dispatch.DispatchSamples.driver;
import static waybill.dispatch.DispatchSamples.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.directory.Vehicle;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.geo.Area;
import waybill.geo.Position;
import waybill.order.OrderId;

class StoredDecisionTest {

    private static final DispatchWeights WEIGHTS = DispatchWeights.defaults();

    @Test
    void aDecisionHasItsCandidatesAndWhatCompetesForThem() {
        var order = order(1, 10, 20, 12);
        var rival = order(2, 11, 15, 5);
        var elsewhere = order(3, 600, 601, 5);
        var near = driver("near", 9);
        var decision = decide(List.of(elsewhere, rival, order), List.of(near, driver("other", 8), driver("far", 600)));

        var stored = stored(order, decision, List.of(elsewhere, rival, order), Map.of(order.id(), "near"));

        assertThat(stored.candidates())
                .extracting(StoredDecision.Candidate::driver)
                .containsExactly("near", "other");
        assertThat(stored.candidates().getFirst().cost().empty()).isEqualTo(1);
        assertThat(stored.orders()).containsExactly(order, rival);
        assertThat(stored.drivers()).extracting(AvailableDriver::id).containsExactly("near", "other");
        assertThat(stored.tentative()).containsOnlyKeys(order.id());
        assertThat(stored.trip()).contains(order.id());
    }

    @Test
    void aDecisionIsMadeAgainAndOtherwiseWithOtherWeights() {
        var order = order(1, 10, 20, 12);
        var orders = List.of(order);
        var byDriving = new DispatchWeights(0.5, 0, 200, 2, 1, 25);
        var byWaiting = new DispatchWeights(0, 0.5, 200, 2, 1, 25);
        var decision = new Matching(TRAVEL_TIMES, LIMITS, byDriving)
                .decide(orders, List.of(driver("far", 0), driver("near", 10)), Map.of(), 0);
        var stored = StoredDecision.of(order.id(), decision, orders, Map.of(), byDriving, (_, _) -> true, 0);

        assertThat(stored.driver()).contains("near");
        assertThat(driverOf(stored, byDriving)).isEqualTo("near");
        assertThat(driverOf(stored, byWaiting)).isEqualTo("far");
    }

    private static String driverOf(StoredDecision stored, DispatchWeights weights) {
        return stored.replay(TRAVEL_TIMES, LIMITS, weights)
                .trip()
                .orElseThrow()
                .driver()
                .id();
    }

    @Test
    void aDriverThatHasDeclinedIsNotChosenWhenItIsDecidedAgain() {
        var order = order(1, 10, 20, 12);
        var rival = order(2, 11, 20, 12);
        var orders = List.of(order, rival);
        BiPredicate<AvailableDriver, WaitingOrder> isPermitted =
                (driver, one) -> !(driver.id().equals("near") && one.equals(order));
        var decision = new Matching(TRAVEL_TIMES, LIMITS, WEIGHTS, isPermitted)
                .decide(orders, List.of(driver("near", 10), driver("far", 7)), Map.of(), 0);
        var stored = StoredDecision.of(order.id(), decision, orders, Map.of(), WEIGHTS, isPermitted, 0);

        assertThat(stored.excluded()).isEqualTo(Map.of(order.id(), Set.of("near")));
        assertThat(driverOf(stored, WEIGHTS)).isEqualTo("far");
        assertThat(DecisionCodec.decode(DecisionCodec.encode(stored))).isEqualTo(stored);
    }

    @Test
    void whatCompetesIsBounded() {
        var orders = new ArrayList<WaitingOrder>();
        IntStream.range(0, 50).forEach(i -> orders.add(order(i, 10 + i * 0.01, 20, 50 - i)));
        var drivers =
                IntStream.range(0, 100).mapToObj(i -> driver("d" + i, i * 0.2)).toList();
        var subject = orders.getFirst();

        var stored = stored(subject, decide(orders, drivers), orders, Map.of());

        assertThat(stored.orders()).hasSize(1 + StoredDecision.RIVALS_MAX).startsWith(subject);
        assertThat(stored.drivers()).hasSizeLessThanOrEqualTo(StoredDecision.DRIVERS_MAX);
        var alone = stored.withoutRivals();
        assertThat(alone.orders()).containsExactly(subject);
        assertThat(alone.drivers()).hasSize(LIMITS.candidatesMax());
    }

    @Test
    void anOrderWithoutATripIsStoredToo() {
        var order = order(1, 500, 510, 0);
        var stored = stored(order, decide(List.of(order), List.of(driver("d", 0))), List.of(order), Map.of());
        assertThat(stored.reason()).isEqualTo(Reason.NO_CANDIDATE);
        assertThat(stored.driver()).isEmpty();
        assertThat(DecisionCodec.decode(DecisionCodec.encode(stored))).isEqualTo(stored);
    }

    @Test
    void allOfADecisionIsReadBack() {
        var order = order(1, 10, 11, 12);
        var circle = new AvailableDriver(
                "øyvind", at(9), -5, 1_000_000_000, 7, Vehicle.BICYCLE, new Area.Circle(at(10), 50_000.5));
        var polygon = new AvailableDriver(
                "p",
                at(8),
                3,
                AvailableDriver.NO_END,
                1,
                Vehicle.VAN,
                new Area.Polygon(List.of(at(0), at(90), new Position(9, 5))));
        var orders = List.of(order, order(2, 10, 12, 0));
        var stored = stored(order, decide(orders, List.of(circle, polygon)), orders, Map.of(order.id(), "p"));

        var bytes = DecisionCodec.encode(stored);

        assertThat(DecisionCodec.decode(bytes)).isEqualTo(stored);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecisionCodec.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .withMessageContaining("cut off");
        bytes[0] = 9;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DecisionCodec.decode(bytes))
                .withMessage("version: 9 (expected: 1)");
    }

    private static DispatchDecision decide(List<WaitingOrder> orders, List<AvailableDriver> drivers) {
        return new Matching(TRAVEL_TIMES, LIMITS, WEIGHTS).decide(orders, drivers, Map.of(), 0);
    }

    private static StoredDecision stored(
            WaitingOrder order, DispatchDecision decision, List<WaitingOrder> orders, Map<OrderId, String> tentative) {
        return StoredDecision.of(order.id(), decision, orders, tentative, WEIGHTS, (_, _) -> true, 0);
    }
}
