package waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.dispatch.DispatchSamples.LIMITS;
import static waybill.dispatch.DispatchSamples.MINUTE_MS;
import static waybill.dispatch.DispatchSamples.TRAVEL_TIMES;
import static waybill.dispatch.DispatchSamples.driver;
import static waybill.dispatch.DispatchSamples.order;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OfferStrategiesTest {

    private static final OfferStrategy MATCHING = new MatchingOffers(TRAVEL_TIMES, LIMITS, DispatchWeights.defaults());
    private static final OfferStrategy NEAREST = new NearestOffers(TRAVEL_TIMES, LIMITS, DispatchWeights.defaults());
    private static final OfferStrategy CASCADE = RankedOffers.cascade(TRAVEL_TIMES, LIMITS);
    private static final OfferStrategy WAVE = RankedOffers.wave(TRAVEL_TIMES, LIMITS, 2);

    /// A tenth of a degree is 11 km, and a minute.
    private static final OfferStrategy MULTICAST = RankedOffers.multicast(TRAVEL_TIMES, LIMITS, 30_000);

    private static final WaitingOrder ORDER = order(1, 10, 20, 0);
    private static final List<AvailableDriver> FOUR =
            List.of(driver("d4", 4), driver("d1", 9), driver("d3", 12.5), driver("d2", 11.5));

    @Test
    void theMatchedDriverIsAskedAndTheOthersAreRunnersUp() {
        assertThat(plan(MATCHING, request(ORDER), FOUR).offers())
                .containsExactly(new PlannedOffer(ORDER.id(), List.of("d1"), List.of("d2", "d3", "d4")));
    }

    @Test
    void aTripIsOfferedWhenItIsDue() {
        for (var strategy : List.of(MATCHING, NEAREST)) {
            var later = order(1, 10, 20, 15);
            var plan = plan(strategy, request(later), FOUR);
            assertThat(plan.offers()).isEmpty();
            assertThat(plan.nextDueMs()).as("d1 leaves at minute 14").isEqualTo(13 * MINUTE_MS + 1);
            var due = strategy.plan(List.of(request(later)), FOUR, plan.tentative(), plan.nextDueMs());
            assertThat(due.offers()).extracting(PlannedOffer::drivers).containsExactly(List.of("d1"));
        }
    }

    @Test
    void noDriverIsAskedThatHasDeclinedOrNotAnswered() {
        var request = new OfferRequest(ORDER, true, 3, Set.of("d1"), Set.of("d2"));
        for (var strategy : List.of(MATCHING, NEAREST, CASCADE, WAVE, MULTICAST)) {
            assertThat(plan(strategy, request, FOUR).offers())
                    .as("%s", strategy.getClass())
                    .allSatisfy(offer -> {
                        assertThat(offer.drivers()).first().isEqualTo("d3");
                        assertThat(offer.drivers()).doesNotContain("d1", "d2");
                        assertThat(offer.runnersUp()).doesNotContain("d1", "d2");
                    })
                    .hasSize(1);
        }
    }

    @Test
    void anOrderThatNoDriverCanBeAskedForIsUnserved() {
        var request = new OfferRequest(ORDER, true, 2, Set.of("d1"), Set.of());
        for (var strategy : List.of(MATCHING, NEAREST, CASCADE, WAVE, MULTICAST)) {
            var plan = plan(strategy, request, List.of(driver("d1", 9)));
            assertThat(plan.offers()).isEmpty();
            assertThat(plan.unserved()).containsExactly(ORDER.id());
        }
    }

    @Test
    void aDriverIsNotAskedForTwoTripsAtATime() {
        var other = order(2, 10.5, 0, 0);
        for (var strategy : List.of(MATCHING, NEAREST, CASCADE)) {
            var plan = strategy.plan(List.of(request(ORDER), request(other)), FOUR, Map.of(), 0);
            assertThat(plan.offers()).hasSize(2);
            assertThat(plan.offers().stream().flatMap(offer -> offer.drivers().stream()))
                    .doesNotHaveDuplicates();
            assertThat(strategy.asksForOneTripAtATime()).isTrue();
        }
    }

    @Test
    void nearestStacksOrdersOfOneStoreWhenDriversAreShort() {
        var orders = List.of(
                request(ORDER),
                request(order(2, 10, 21, 1)),
                request(order(3, 10, 22, 1)),
                request(order(4, 10, 23, 1)));
        var plan = NEAREST.plan(orders, List.of(driver("d1", 9)), Map.of(), 0);
        assertThat(plan.offers())
                .extracting(PlannedOffer::drivers)
                .containsExactly(List.of("d1"), List.of("d1"), List.of("d1"));
        assertThat(plan.unserved()).as("the fourth waits for the driver").isEmpty();
        var late = NEAREST.plan(
                List.of(request(ORDER), request(order(2, 10, 21, 30))), List.of(driver("d1", 9)), Map.of(), 0);
        assertThat(late.offers()).as("it would delay the first too much").hasSize(1);
    }

    @Test
    void cascadeAsksOneAfterTheOther() {
        assertThat(plan(CASCADE, request(ORDER), FOUR).offers())
                .containsExactly(new PlannedOffer(ORDER.id(), List.of("d1"), List.of("d2", "d3", "d4")));
    }

    @Test
    void aWaveWidensWithEachRound() {
        assertThat(plan(WAVE, request(ORDER), FOUR).offers())
                .containsExactly(new PlannedOffer(ORDER.id(), List.of("d1", "d2"), List.of("d3", "d4")));
        var second = new OfferRequest(ORDER, true, 2, Set.of(), Set.of());
        assertThat(plan(WAVE, second, FOUR).offers())
                .containsExactly(new PlannedOffer(ORDER.id(), List.of("d1", "d2", "d3", "d4"), List.of()));
    }

    @Test
    void aMulticastAsksAllWithinItsRadiusAlsoForSeveralOrders() {
        var plan = MULTICAST.plan(List.of(request(ORDER), request(order(2, 10, 30, 0))), FOUR, Map.of(), 0);
        assertThat(plan.offers())
                .extracting(PlannedOffer::drivers)
                .containsExactly(List.of("d1", "d2", "d3"), List.of("d1", "d2", "d3"));
        var none = plan(MULTICAST, request(ORDER), List.of(driver("d4", 4)));
        assertThat(none.unserved()).as("no driver is within the radius").containsExactly(ORDER.id());
    }

    @Test
    void rankedOffersBeginWhenTheOrderIsReady() {
        var notReady = new OfferRequest(ORDER, false, 1, Set.of(), Set.of());
        for (var strategy : List.of(CASCADE, WAVE, MULTICAST)) {
            assertThat(plan(strategy, notReady, FOUR).offers()).isEmpty();
        }
    }

    private static OfferRequest request(WaitingOrder order) {
        return new OfferRequest(order, true, 1, Set.of(), Set.of());
    }

    private static OfferPlan plan(OfferStrategy strategy, OfferRequest request, List<AvailableDriver> drivers) {
        return strategy.plan(List.of(request), drivers, Map.of(), 0);
    }
}
