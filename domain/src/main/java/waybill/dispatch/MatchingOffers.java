package waybill.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.order.Offer;
import waybill.order.OrderId;

/// Asks the driver that the matching of all waiting orders gives an order, once its trip is due: what need not leave
/// before the next round is decided again then. The next best candidates are the runners-up.
public final class MatchingOffers implements OfferStrategy {

    private final TravelTimes travelTimes;
    private final DispatchLimits limits;
    private final DispatchWeights weights;

    public MatchingOffers(TravelTimes travelTimes, DispatchLimits limits, DispatchWeights weights) {
        this.travelTimes = travelTimes;
        this.limits = limits;
        this.weights = weights;
    }

    @Override
    public OfferPlan plan(
            List<OfferRequest> requests, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs) {
        var requestOf = requests.stream().collect(Collectors.toMap(OfferRequest::id, Function.identity()));
        BiPredicate<AvailableDriver, WaitingOrder> isPermitted = (driver, order) ->
                Objects.requireNonNull(requestOf.get(order.id())).permits(driver);
        var orders = requests.stream().map(OfferRequest::order).toList();
        var decision =
                new Matching(travelTimes, limits, weights, isPermitted).decide(orders, drivers, tentative, nowMs);
        var decisions = new ArrayList<StoredDecision>();
        var offers = new ArrayList<PlannedOffer>();
        var next = new HashMap<OrderId, String>();
        var nextDueMs = OfferPlan.NEVER;
        for (var trip : decision.trips()) {
            var driver = trip.driver().id();
            trip.orders().forEach(order -> next.put(order.id(), driver));
            if (trip.isDue(nowMs, nowMs + limits.round().toMillis())) {
                for (var order : trip.orders()) {
                    offers.add(offer(Objects.requireNonNull(decision.choices().get(order.id())), driver));
                    decisions.add(
                            StoredDecision.of(order.id(), decision, orders, tentative, weights, isPermitted, nowMs));
                }
            } else {
                nextDueMs = Math.min(nextDueMs, trip.dueAtMs(limits.round()));
            }
        }
        var unserved = new HashSet<OrderId>();
        for (var choice : decision.choices().values()) {
            if (choice.candidates().isEmpty()) {
                unserved.add(choice.order());
            }
        }
        return new OfferPlan(offers, unserved, next, nextDueMs, decisions);
    }

    private static PlannedOffer offer(OrderChoice choice, String driver) {
        var runnersUp = choice.candidates().stream()
                .sorted(Comparator.comparing(trip -> trip.deliveredAtMs().getFirst()))
                .map(trip -> trip.driver().id())
                .filter(id -> !id.equals(driver))
                .limit(Offer.RUNNERS_UP_MAX)
                .toList();
        return new PlannedOffer(choice.order(), List.of(driver), runnersUp);
    }
}
