package waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import waybill.order.Offer;
import waybill.order.OrderId;

/// Asks the drivers that can be at the store first, once an order is ready: one after the other, a few at a time, or
/// all within a radius. A driver that is one of many may be asked for several orders at a time.
public final class RankedOffers implements OfferStrategy {

    private static final double MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final TripPlanner planner;
    private final Duration lookAhead;
    private final boolean isOneAtATime;
    private final Size size;

    /// How many drivers an offer asks.
    @FunctionalInterface
    private interface Size {
        /// @param ranked the drivers that can be asked, the first to be at the store first
        int of(OfferRequest request, List<Trip> ranked);
    }

    private RankedOffers(TravelTimes travelTimes, DispatchLimits limits, boolean isOneAtATime, Size size) {
        planner = new TripPlanner(travelTimes, limits);
        lookAhead = limits.lookAhead();
        this.isOneAtATime = isOneAtATime;
        this.size = size;
    }

    /// One driver at a time.
    public static RankedOffers cascade(TravelTimes travelTimes, DispatchLimits limits) {
        return new RankedOffers(travelTimes, limits, true, (_, _) -> 1);
    }

    /// `drivers` in the first round, twice as many in the second, and so on.
    public static RankedOffers wave(TravelTimes travelTimes, DispatchLimits limits, int drivers) {
        return new RankedOffers(
                travelTimes, limits, false, (request, _) -> Math.min(drivers * request.round(), Offer.DRIVERS_MAX));
    }

    /// All drivers within the radius around the store, at most [Offer#DRIVERS_MAX].
    public static RankedOffers multicast(TravelTimes travelTimes, DispatchLimits limits, double radiusMetres) {
        return new RankedOffers(travelTimes, limits, false, (request, ranked) -> (int) ranked.stream()
                .filter(trip ->
                        trip.driver().position().metresTo(request.order().pickup()) <= radiusMetres)
                .limit(Offer.DRIVERS_MAX)
                .count());
    }

    @Override
    public OfferPlan plan(
            List<OfferRequest> requests, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs) {
        var offers = new ArrayList<PlannedOffer>();
        var unserved = new HashSet<OrderId>();
        var asked = new HashSet<String>();
        requests.stream()
                .filter(OfferRequest::isReady)
                .sorted(Comparator.<OfferRequest>comparingLong(
                                request -> request.order().readyAtMs())
                        .thenComparing(request -> request.id().value()))
                .forEach(request -> {
                    var ranked = ranked(request, drivers, nowMs);
                    var free = ranked.stream()
                            .filter(trip -> !isOneAtATime
                                    || !asked.contains(trip.driver().id()))
                            .toList();
                    var count = Math.min(free.size(), size.of(request, free));
                    if (count > 0) {
                        var ids = ids(free.subList(0, count));
                        asked.addAll(ids);
                        offers.add(new PlannedOffer(
                                request.id(),
                                ids,
                                ids(free.subList(count, Math.min(free.size(), count + Offer.RUNNERS_UP_MAX)))));
                    } else if (size.of(request, ranked) == 0 || ranked.isEmpty()) {
                        unserved.add(request.id());
                    }
                });
        return new OfferPlan(offers, unserved, Map.of(), OfferPlan.NEVER);
    }

    @Override
    public boolean asksForOneTripAtATime() {
        return isOneAtATime;
    }

    private List<Trip> ranked(OfferRequest request, List<AvailableDriver> drivers, long nowMs) {
        return drivers.stream()
                .filter(driver -> driver.freeAtMs() <= nowMs + lookAhead.toMillis() && request.permits(driver))
                .flatMap(driver -> planner.plan(driver, List.of(request.order()), nowMs).stream())
                .sorted(Comparator.<Trip>comparingDouble(trip ->
                                trip.startAtMs() / MINUTE_MS + trip.cost().empty())
                        .thenComparing(trip -> trip.driver().id()))
                .toList();
    }

    private static List<String> ids(List<Trip> trips) {
        return trips.stream().map(trip -> trip.driver().id()).toList();
    }
}
