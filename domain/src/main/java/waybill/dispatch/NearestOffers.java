package waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.order.Offer;
import waybill.order.OrderId;

/// Asks the driver that can pick an order up first, just in time to be at the store when the order is ready. An order
/// for which no driver is left joins the trip of another from the same store, if it delays that little.
public final class NearestOffers implements OfferStrategy {

    /// How much later a stacked order may be picked up than alone.
    private static final Duration STACKING_DELAY_MAX = Duration.ofMinutes(5);

    private final TripPlanner planner;
    private final DispatchLimits limits;
    private final DispatchWeights weights;

    /// @param weights by which the stored decisions show the costs of the candidates
    public NearestOffers(TravelTimes travelTimes, DispatchLimits limits, DispatchWeights weights) {
        planner = new TripPlanner(travelTimes, limits);
        this.limits = limits;
        this.weights = weights;
    }

    @Override
    public OfferPlan plan(
            List<OfferRequest> requests, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs) {
        return new Round(drivers, nowMs).plan(requests);
    }

    /// One round. Confined to the thread that plans.
    private final class Round {

        private final List<AvailableDriver> drivers;
        private final long nowMs;
        private final Map<String, Trip> trips = new LinkedHashMap<>();
        private final Map<OrderId, List<Trip>> candidates = new HashMap<>();
        private final Set<OrderId> unserved = new HashSet<>();

        Round(List<AvailableDriver> drivers, long nowMs) {
            this.drivers = drivers;
            this.nowMs = nowMs;
        }

        OfferPlan plan(List<OfferRequest> requests) {
            requests.stream()
                    .sorted(Comparator.<OfferRequest>comparingLong(
                                    request -> request.order().readyAtMs())
                            .thenComparing(request -> request.id().value()))
                    .forEach(this::add);
            var offers = new ArrayList<PlannedOffer>();
            var decisions = new ArrayList<StoredDecision>();
            var decision = new DispatchDecision(List.copyOf(trips.values()), choices());
            var requestOf = requests.stream().collect(Collectors.toMap(OfferRequest::id, Function.identity()));
            var orders = requests.stream().map(OfferRequest::order).toList();
            var nextDueMs = OfferPlan.NEVER;
            for (var trip : trips.values()) {
                if (!trip.isDue(nowMs, nowMs + limits.round().toMillis())) {
                    nextDueMs = Math.min(nextDueMs, trip.dueAtMs(limits.round()));
                    continue;
                }
                var driver = trip.driver().id();
                for (var order : trip.orders()) {
                    offers.add(new PlannedOffer(order.id(), List.of(driver), runnersUp(order.id(), driver)));
                    decisions.add(StoredDecision.of(
                            order.id(),
                            decision,
                            orders,
                            Map.of(),
                            weights,
                            (one, other) -> Objects.requireNonNull(requestOf.get(other.id()))
                                    .permits(one),
                            nowMs));
                }
            }
            return new OfferPlan(offers, unserved, Map.of(), nextDueMs, decisions);
        }

        private List<String> runnersUp(OrderId order, String driver) {
            return candidates.getOrDefault(order, List.of()).stream()
                    .map(trip -> trip.driver().id())
                    .filter(id -> !id.equals(driver))
                    .limit(Offer.RUNNERS_UP_MAX)
                    .toList();
        }

        private Map<OrderId, OrderChoice> choices() {
            var choices = new HashMap<OrderId, OrderChoice>();
            for (var trip : trips.values()) {
                var reason = trip.orders().size() > 1 ? Reason.BUNDLED : Reason.EARLIEST;
                trip.orders()
                        .forEach(order -> choices.put(
                                order.id(),
                                new OrderChoice(
                                        order.id(),
                                        candidates.getOrDefault(order.id(), List.of()),
                                        Optional.of(trip),
                                        reason)));
            }
            return choices;
        }

        private void add(OfferRequest request) {
            var alone = drivers.stream()
                    .filter(driver ->
                            driver.freeAtMs() <= nowMs + limits.lookAhead().toMillis())
                    .filter(request::permits)
                    .flatMap(driver -> planner.plan(driver, List.of(request.order()), nowMs).stream())
                    .sorted(Comparator.comparingLong(Trip::pickupAtMs)
                            .thenComparingDouble(trip -> trip.cost().empty())
                            .thenComparing(trip -> trip.driver().id()))
                    .toList();
            var own = alone.stream()
                    .filter(trip -> !trips.containsKey(trip.driver().id()))
                    .findFirst();
            var chosen = own.or(() -> stacked(request));
            if (chosen.isEmpty()) {
                if (alone.isEmpty()) {
                    unserved.add(request.id());
                }
                return;
            }
            trips.put(chosen.get().driver().id(), chosen.get());
            candidates.put(
                    request.id(), alone.stream().limit(limits.candidatesMax()).toList());
        }

        private Optional<Trip> stacked(OfferRequest request) {
            return trips.values().stream()
                    .filter(trip -> request.permits(trip.driver()))
                    .filter(trip -> trip.orders()
                            .getFirst()
                            .pickup()
                            .equals(request.order().pickup()))
                    .filter(trip -> trip.orders().size()
                            < Math.min(limits.bundleMax(), trip.driver().capacity()))
                    .flatMap(trip -> extend(trip, request.order()).stream())
                    .min(Comparator.comparingLong(Trip::endsAtMs));
        }

        private Optional<Trip> extend(Trip trip, WaitingOrder order) {
            var orders = new ArrayList<>(trip.orders());
            orders.add(order);
            return planner.plan(trip.driver(), orders, nowMs)
                    .filter(longer -> longer.pickupAtMs() - trip.pickupAtMs() <= STACKING_DELAY_MAX.toMillis());
        }
    }
}
