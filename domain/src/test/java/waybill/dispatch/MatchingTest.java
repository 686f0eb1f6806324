package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.dispatch.DispatchSamples.LIMITS;
import static waybill.dispatch.DispatchSamples.MINUTE_MS;
import static waybill.dispatch.DispatchSamples.TRAVEL_TIMES;
import static waybill.dispatch.DispatchSamples.driver;
import static waybill.dispatch.DispatchSamples.order;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.directory.Vehicle;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.geo.Area;
import waybill.order.OrderId;

class MatchingTest {

    private static final Matching MATCHING = new Matching(TRAVEL_TIMES, LIMITS, DispatchWeights.defaults());

    @Test
    void allOrdersTogetherCostLeast() {
        var first = order(1, 10, 20, 0);
        var second = order(2, 4, 0, 0);
        var near = driver("near", 8); // nearest to both, but the other driver can go to the second store alone
        var far = driver("far", 1);

        var decision = decide(List.of(second, first), List.of(near, far), Map.of(), 0);

        assertThat(driverOf(decision, first)).contains("near");
        assertThat(driverOf(decision, second)).contains("far");
    }

    @Test
    void aDriverThatIsSoonFreeBesideTheStoreIsBetterThanAFreeOneFarAway() {
        var order = order(1, 10, 20, 0);

        var decision = decide(List.of(order), List.of(driver("far", 0), driver("soon", 10, 2)), Map.of(), 0);

        assertThat(driverOf(decision, order)).contains("soon");
        assertThat(trip(decision, order).isDue(0, MINUTE_MS))
                .as("committed at once")
                .isFalse();
    }

    @Test
    void aDriverThatIsFreeBeyondTheLookAheadIsNoCandidate() {
        var order = order(1, 10, 20, 0);

        var decision = decide(List.of(order), List.of(driver("later", 10, 11)), Map.of(), 0);

        assertThat(choice(decision, order).reason()).isEqualTo(Reason.NO_CANDIDATE);
        assertThat(choice(decision, order).candidates()).isEmpty();
    }

    @Test
    void aTripThatNeedNotLeaveBeforeTheNextRoundIsNotDue() {
        var order = order(1, 10, 20, 15);
        var trip = trip(decide(List.of(order), List.of(driver("d", 0)), Map.of(), 0), order);

        assertThat(trip.leaveByMs()).isEqualTo(5 * MINUTE_MS);
        assertThat(trip.isDue(0, MINUTE_MS)).isFalse();
        var dueAtMs = trip.dueAtMs(Duration.ofMinutes(1));
        assertThat(trip.isDue(dueAtMs - 1, dueAtMs - 1 + MINUTE_MS)).isFalse();
        assertThat(trip.isDue(dueAtMs, dueAtMs + MINUTE_MS)).isTrue();

        var later = trip(decide(List.of(order), List.of(driver("d", 0)), Map.of(), 5 * MINUTE_MS), order);
        assertThat(later.isDue(5 * MINUTE_MS, 6 * MINUTE_MS)).isTrue();
    }

    @Test
    void aTentativePairChangesOnlyForAGainOfMoreThanAMinute() {
        var order = order(1, 10, 20, 0);
        var drivers = List.of(driver("a", 5), driver("b", 5.5));

        assertThat(driverOf(decide(List.of(order), drivers, Map.of(), 0), order))
                .contains("b");
        assertThat(driverOf(decide(List.of(order), drivers, Map.of(order.id(), "a"), 0), order))
                .contains("a");
        assertThat(driverOf(
                        decide(List.of(order), List.of(driver("a", 5), driver("b", 6)), Map.of(order.id(), "a"), 0),
                        order))
                .contains("b");
    }

    @Test
    void ofTwoOrdersForOneDriverTheLaterOneWaits() {
        var limits = new DispatchLimits(
                LIMITS.candidatesMax(),
                LIMITS.lookAhead(),
                LIMITS.round(),
                1,
                LIMITS.storesApartMax(),
                LIMITS.pickupService(),
                LIMITS.dropoffService(),
                LIMITS.metresPerSecond());
        var late = order(1, 10, 20, -30);
        var recent = order(2, 6, 9, 0);

        var decision = new Matching(TRAVEL_TIMES, limits, DispatchWeights.defaults())
                .decide(List.of(recent, late), List.of(driver("only", 5)), Map.of(), 0);

        assertThat(driverOf(decision, late)).contains("only");
        assertThat(choice(decision, recent).reason()).isEqualTo(Reason.CANDIDATES_TAKEN);
        assertThat(choice(decision, recent).candidates()).hasSize(1);
    }

    @Test
    void noPickupIsPlannedAfterTheEndOfAShift() {
        var order = order(1, 10, 20, 0);
        var leaving = new AvailableDriver("leaving", DispatchSamples.at(0), 0, 9 * MINUTE_MS, 3);

        assertThat(choice(decide(List.of(order), List.of(leaving), Map.of(), 0), order)
                        .reason())
                .isEqualTo(Reason.NO_CANDIDATE);
    }

    @Test
    void aDriverWhoseAreaHasNotTheCustomerIsNoCandidate() {
        var order = order(1, 10, 20, 0);
        var area = new Area.Circle(DispatchSamples.at(10), 100_000); // 9 minutes
        var local = new AvailableDriver(
                "local", DispatchSamples.at(10), 0, AvailableDriver.NO_END, 3, Vehicle.DEFAULT, area);

        var decision = decide(List.of(order), List.of(local, driver("far", 0)), Map.of(), 0);

        assertThat(driverOf(decision, order)).contains("far");
        assertThat(choice(decision, order).candidates()).hasSize(1);
    }

    @Test
    void aTripTakesAsLongAsItsVehicleNeeds() {
        var order = order(1, 4, 8, 0);
        var onFoot =
                new AvailableDriver("foot", DispatchSamples.at(0), 0, AvailableDriver.NO_END, 1, Vehicle.FOOT, null);

        var trip = choice(decide(List.of(order), List.of(onFoot), Map.of(), 0), order)
                .trip()
                .orElseThrow();

        assertThat(trip.pickupAtMs()).isEqualTo(16 * MINUTE_MS);
        assertThat(trip.deliveredAtMs()).containsExactly(32 * MINUTE_MS);
        assertThat(trip.cost().delay()).isEqualTo(28);
        assertThat(trip.cost().empty()).isEqualTo(16);
    }

    @Test
    void aDriverFartherAwayThanWaitingCostsIsNoCandidate() {
        var order = order(1, 500, 510, 0);

        assertThat(choice(decide(List.of(order), List.of(driver("far", 0)), Map.of(), 0), order)
                        .reason())
                .isEqualTo(Reason.NO_CANDIDATE);
    }

    @Test
    void otherWeightsMayDecideOtherwise() {
        var order = order(1, 10, 20, 12);
        var drivers = List.of(driver("far", 0), driver("near", 10));

        var byDriving = new Matching(TRAVEL_TIMES, LIMITS, new DispatchWeights(0.5, 0, 200, 2, 1, 25));
        var byWaiting = new Matching(TRAVEL_TIMES, LIMITS, new DispatchWeights(0, 0.5, 200, 2, 1, 25));

        assertThat(driverOf(byDriving.decide(List.of(order), drivers, Map.of(), 0), order))
                .contains("near");
        assertThat(driverOf(byWaiting.decide(List.of(order), drivers, Map.of(), 0), order))
                .contains("far");
    }

    private static DispatchDecision decide(
            List<WaitingOrder> orders, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs) {
        return MATCHING.decide(orders, drivers, tentative, nowMs);
    }

    private static DispatchDecision.OrderChoice choice(DispatchDecision decision, WaitingOrder order) {
        return Optional.ofNullable(decision.choices().get(order.id())).orElseThrow();
    }

    private static Trip trip(DispatchDecision decision, WaitingOrder order) {
        return choice(decision, order).trip().orElseThrow();
    }

    private static Optional<String> driverOf(DispatchDecision decision, WaitingOrder order) {
        return choice(decision, order).trip().map(trip -> trip.driver().id());
    }
}
