package waybill.bench.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchLimits;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.Matching;
import waybill.dispatch.TravelTimes;
import waybill.dispatch.Trip;
import waybill.dispatch.TripPlanner;
import waybill.dispatch.WaitingOrder;
import waybill.order.OrderId;

/// Decides once a simulated minute.
interface DispatchPolicy {

    Duration ROUND = Duration.ofMinutes(1);

    /// The trips that begin now.
    List<Trip> start(List<WaitingOrder> orders, List<AvailableDriver> drivers, long nowMs);

    static DispatchLimits limits(double metresPerMinute) {
        var defaults = DispatchLimits.defaults();
        return new DispatchLimits(
                defaults.candidatesMax(),
                defaults.lookAhead(),
                ROUND,
                defaults.bundleMax(),
                defaults.storesApartMax(),
                defaults.pickupService(),
                defaults.dropoffService(),
                metresPerMinute / ROUND.toSeconds());
    }

    /// The hub's matching.
    final class OfTheHub implements DispatchPolicy {

        private final Matching matching;
        private Map<OrderId, String> tentative = Map.of();

        OfTheHub(TravelTimes travelTimes, DispatchLimits limits, DispatchWeights weights) {
            matching = new Matching(travelTimes, limits, weights);
        }

        @Override
        public List<Trip> start(List<WaitingOrder> orders, List<AvailableDriver> drivers, long nowMs) {
            var decision = matching.decide(orders, drivers, tentative, nowMs);
            var next = new HashMap<OrderId, String>();
            for (var trip : decision.trips()) {
                trip.orders()
                        .forEach(order -> next.put(order.id(), trip.driver().id()));
            }
            tentative = next;
            return decision.trips().stream()
                    .filter(trip -> trip.isDue(nowMs, nowMs + ROUND.toMillis()))
                    .toList();
        }
    }

    /// Sends the nearest free driver at once, order by order.
    final class Nearest implements DispatchPolicy {

        private final TripPlanner planner;

        Nearest(TravelTimes travelTimes, DispatchLimits limits) {
            planner = new TripPlanner(travelTimes, limits);
        }

        @Override
        public List<Trip> start(List<WaitingOrder> orders, List<AvailableDriver> drivers, long nowMs) {
            var trips = new ArrayList<Trip>();
            var busy = new HashSet<String>();
            for (var order : orders) {
                nearest(order, drivers, busy, nowMs).ifPresent(trip -> {
                    trips.add(trip);
                    busy.add(trip.driver().id());
                });
            }
            return trips;
        }

        private Optional<Trip> nearest(
                WaitingOrder order, List<AvailableDriver> drivers, Set<String> busy, long nowMs) {
            return drivers.stream()
                    .filter(driver -> driver.freeAtMs() <= nowMs && !busy.contains(driver.id()))
                    .flatMap(driver -> planner.plan(driver, List.of(order), nowMs).stream())
                    .min(Comparator.comparingDouble(trip -> trip.cost().empty()));
        }
    }
}
