package waybill.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchDecision.Reason;
import waybill.order.OrderId;

/// What was decided for one order, why, and what it takes to decide it again: the order and its rivals, which compete
/// for the same drivers, and those drivers.
///
/// @param driverOrNone the driver of the chosen trip; none without a trip
/// @param trip the orders of the chosen trip, in their sequence
/// @param candidates what each candidate would have cost with this order alone, the earliest at the store first
/// @param orders this order, then its rivals
/// @param drivers the candidates of all of them
/// @param tentative the driver that each of the orders had in the decision before, if any
/// @param excluded the drivers that each of the orders may not get, such as those that have declined it
public record StoredDecision(
        OrderId order,
        long decidedAtMs,
        DispatchWeights weights,
        Reason reason,
        @Nullable String driverOrNone,
        List<OrderId> trip,
        List<Candidate> candidates,
        List<WaitingOrder> orders,
        List<AvailableDriver> drivers,
        Map<OrderId, String> tentative,
        Map<OrderId, Set<String>> excluded) {

    /// Rivals that are stored: those of the same trip, then those that are ready first.
    public static final int RIVALS_MAX = 16;

    /// Drivers that are stored: the candidates of the order, then those of its rivals.
    public static final int DRIVERS_MAX = 64;

    /// What one driver would have cost.
    ///
    /// @param startAtMs when the driver was free to leave
    public record Candidate(String driver, long startAtMs, long pickupAtMs, long deliveredAtMs, TripCost cost) {

        public static Candidate of(Trip trip) {
            return new Candidate(
                    trip.driver().id(),
                    trip.startAtMs(),
                    trip.pickupAtMs(),
                    trip.deliveredAtMs().getLast(),
                    trip.cost());
        }
    }

    public StoredDecision {
        trip = List.copyOf(trip);
        candidates = List.copyOf(candidates);
        orders = List.copyOf(orders);
        drivers = List.copyOf(drivers);
        tentative = Map.copyOf(tentative);
        excluded = Map.copyOf(excluded);
    }

    /// What was decided for `order` in a round.
    ///
    /// @param orders those that were decided together
    /// @param tentative the driver that each order had in the decision before, if any
    /// @param isPermitted whether a driver may deliver an order
    public static StoredDecision of(
            OrderId order,
            DispatchDecision decision,
            List<WaitingOrder> orders,
            Map<OrderId, String> tentative,
            DispatchWeights weights,
            BiPredicate<AvailableDriver, WaitingOrder> isPermitted,
            long nowMs) {
        var choice = Objects.requireNonNull(decision.choices().get(order), "an order of the decision");
        var rivals = rivals(choice, decision, orders);
        var drivers = new LinkedHashMap<String, AvailableDriver>();
        for (var one : rivals) {
            for (var candidate : candidates(decision, one.id())) {
                if (drivers.size() < DRIVERS_MAX) {
                    drivers.putIfAbsent(candidate.driver().id(), candidate.driver());
                }
            }
        }
        var before = new HashMap<OrderId, String>();
        rivals.forEach(one -> Optional.ofNullable(tentative.get(one.id())).ifPresent(d -> before.put(one.id(), d)));
        return new StoredDecision(
                order,
                nowMs,
                weights,
                choice.reason(),
                choice.trip().map(trip -> trip.driver().id()).orElse(null),
                tripOrders(choice),
                choice.candidates().stream().map(Candidate::of).toList(),
                rivals,
                List.copyOf(drivers.values()),
                before,
                excluded(rivals, drivers.values(), isPermitted));
    }

    private static Map<OrderId, Set<String>> excluded(
            List<WaitingOrder> orders,
            Collection<AvailableDriver> drivers,
            BiPredicate<AvailableDriver, WaitingOrder> isPermitted) {
        var all = new HashMap<OrderId, Set<String>>();
        for (var order : orders) {
            var names = drivers.stream()
                    .filter(driver -> !isPermitted.test(driver, order))
                    .map(AvailableDriver::id)
                    .collect(Collectors.toSet());
            if (!names.isEmpty()) {
                all.put(order.id(), names);
            }
        }
        return all;
    }

    private static List<OrderId> tripOrders(OrderChoice choice) {
        return choice.trip().stream()
                .flatMap(trip -> trip.orders().stream())
                .map(WaitingOrder::id)
                .toList();
    }

    private static List<Trip> candidates(DispatchDecision decision, OrderId order) {
        return Optional.ofNullable(decision.choices().get(order))
                .map(OrderChoice::candidates)
                .orElse(List.of());
    }

    /// The order itself, then those that compete with it.
    private static List<WaitingOrder> rivals(OrderChoice choice, DispatchDecision decision, List<WaitingOrder> orders) {
        var drivers = new HashSet<String>();
        choice.candidates().forEach(trip -> drivers.add(trip.driver().id()));
        var together = tripOrders(choice);
        var found = new ArrayList<WaitingOrder>();
        orders.stream().filter(one -> one.id().equals(choice.order())).forEach(found::add);
        orders.stream()
                .filter(one -> !one.id().equals(choice.order()))
                .filter(one -> together.contains(one.id())
                        || candidates(decision, one.id()).stream()
                                .anyMatch(trip -> drivers.contains(trip.driver().id())))
                .sorted(Comparator.comparing((WaitingOrder one) -> !together.contains(one.id()))
                        .thenComparingLong(WaitingOrder::readyAtMs)
                        .thenComparing(one -> one.id().value()))
                .limit(RIVALS_MAX)
                .forEach(found::add);
        return found;
    }

    public Optional<String> driver() {
        return Optional.ofNullable(driverOrNone);
    }

    /// A copy with what concerns the order alone, which takes less space and can be decided again only without its
    /// rivals.
    public StoredDecision withoutRivals() {
        var own = candidates.stream().map(Candidate::driver).toList();
        return new StoredDecision(
                order,
                decidedAtMs,
                weights,
                reason,
                driverOrNone,
                trip,
                candidates,
                orders.subList(0, Math.min(1, orders.size())),
                drivers.stream().filter(driver -> own.contains(driver.id())).toList(),
                tentative,
                Map.of());
    }

    /// Decides the order again with other weights: the same function on the same orders and drivers at the same time.
    public OrderChoice replay(TravelTimes travelTimes, DispatchLimits limits, DispatchWeights otherWeights) {
        var decision = new Matching(
                        travelTimes,
                        limits,
                        otherWeights,
                        (driver, one) ->
                                !excluded.getOrDefault(one.id(), Set.of()).contains(driver.id()))
                .decide(orders, drivers, tentative, decidedAtMs);
        return Objects.requireNonNull(decision.choices().get(order), "the order is one of the stored ones");
    }
}
