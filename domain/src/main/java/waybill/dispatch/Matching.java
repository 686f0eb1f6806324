package waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.order.OrderId;

/// Decides which drivers deliver which orders, for all of them at once, so that the sum of their costs is least.
///
/// Drivers that are free only within the look-ahead take part, for one of them may be at a store before any driver
/// that is free now. A decision is tentative: only a trip that is due ([Trip#isDue]) needs to be committed; the
/// others are decided again in the next round, when more is known.
public final class Matching {

    private static final double MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final TripPlanner planner;
    private final DispatchLimits limits;
    private final DispatchWeights weights;

    public Matching(TravelTimes travelTimes, DispatchLimits limits, DispatchWeights weights) {
        this(travelTimes, limits, weights, (_, _) -> true);
    }

    /// @param isPermitted whether a driver may deliver an order
    public Matching(
            TravelTimes travelTimes,
            DispatchLimits limits,
            DispatchWeights weights,
            BiPredicate<AvailableDriver, WaitingOrder> isPermitted) {
        planner = new TripPlanner(travelTimes, limits, isPermitted);
        this.limits = limits;
        this.weights = weights;
    }

    /// Decides for all orders at once.
    ///
    /// @param tentative the driver that each order had in the decision before, if any
    public DispatchDecision decide(
            List<WaitingOrder> orders, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs) {
        var lookAheadMs = nowMs + limits.lookAhead().toMillis();
        var available = drivers.stream()
                .filter(driver -> driver.freeAtMs() <= lookAheadMs && driver.offDutyAtMs() >= nowMs)
                .toList();
        var candidates = candidates(orders, available, nowMs);
        var solo = assign(orders, available, candidates, tentative, nowMs);
        var trips = new TripBundler(planner, limits, weights, nowMs, orders, solo).bundle();
        return new DispatchDecision(trips, choices(orders, candidates, trips));
    }

    /// For each order its trips with each candidate, but for those that cost more than to leave it waiting.
    private List<List<Candidate>> candidates(List<WaitingOrder> orders, List<AvailableDriver> drivers, long nowMs) {
        var search = new CandidateSearch(drivers, nowMs, limits);
        var all = new ArrayList<List<Candidate>>(orders.size());
        for (var order : orders) {
            var found = new ArrayList<Candidate>();
            for (var index : search.earliestFor(order)) {
                planner.plan(drivers.get(index), List.of(order), nowMs)
                        .filter(trip -> trip.cost().total(weights) < unassignedCost(order, nowMs))
                        .ifPresent(trip -> found.add(new Candidate(index, trip)));
            }
            all.add(found);
        }
        return all;
    }

    private record Candidate(int driverIndex, Trip trip) {}

    private List<Trip> assign(
            List<WaitingOrder> orders,
            List<AvailableDriver> drivers,
            List<List<Candidate>> candidates,
            Map<OrderId, String> tentative,
            long nowMs) {
        var columns = new int[orders.size()][];
        var costs = new double[orders.size()][];
        var unassigned = new double[orders.size()];
        for (var row = 0; row < orders.size(); row++) {
            var order = orders.get(row);
            var previous = tentative.get(order.id());
            columns[row] = candidates.get(row).stream()
                    .mapToInt(Candidate::driverIndex)
                    .toArray();
            costs[row] = candidates.get(row).stream()
                    .mapToDouble(candidate -> cost(candidate.trip(), previous))
                    .toArray();
            unassigned[row] = unassignedCost(order, nowMs);
        }
        var columnOf = new SparseAssignment(drivers.size(), columns, costs, unassigned).solve();
        var trips = new ArrayList<Trip>();
        for (var row = 0; row < columnOf.length; row++) {
            var column = columnOf[row];
            candidates.get(row).stream()
                    .filter(candidate -> candidate.driverIndex() == column)
                    .forEach(candidate -> trips.add(candidate.trip()));
        }
        return trips;
    }

    private double unassignedCost(WaitingOrder order, long nowMs) {
        return weights.unassigned() + weights.ageing() * (nowMs - order.readyAtMs()) / MINUTE_MS;
    }

    /// The pair of the decision before costs less by what a change must gain.
    private double cost(Trip trip, @Nullable String previousDriverOrNone) {
        var cost = trip.cost().total(weights);
        return trip.driver().id().equals(previousDriverOrNone) ? cost - weights.rematching() : cost;
    }

    private static Map<OrderId, OrderChoice> choices(
            List<WaitingOrder> orders, List<List<Candidate>> candidates, List<Trip> trips) {
        var tripOf = new HashMap<OrderId, Trip>();
        trips.forEach(trip -> trip.orders().forEach(order -> tripOf.put(order.id(), trip)));
        var choices = new HashMap<OrderId, OrderChoice>();
        for (var row = 0; row < orders.size(); row++) {
            var id = orders.get(row).id();
            var trip = Optional.ofNullable(tripOf.get(id));
            var alone = candidates.get(row).stream().map(Candidate::trip).toList();
            choices.put(id, new OrderChoice(id, alone, trip, reason(trip, alone)));
        }
        return choices;
    }

    private static Reason reason(Optional<Trip> trip, List<Trip> candidates) {
        return trip.map(chosen -> chosen.orders().size() > 1 ? Reason.BUNDLED : Reason.CHEAPEST)
                .orElse(candidates.isEmpty() ? Reason.NO_CANDIDATE : Reason.CANDIDATES_TAKEN);
    }
}
