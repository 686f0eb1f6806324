package waybill.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// Moves orders into the trips of others where that costs less than a trip of their own, or than no trip: when there
/// are few drivers, one takes several orders of one store, or of two that are near each other.
final class TripBundler {

    /// Each round can only lower the total cost; more than this change little.
    private static final int ROUNDS_MAX = 4;

    private static final double MINUTE_MS = 60_000;

    private final TripPlanner planner;
    private final DispatchLimits limits;
    private final DispatchWeights weights;
    private final long nowMs;
    private final List<WaitingOrder> orders; // the earliest ready first
    private final List<Position> stores;
    private final Map<String, Trip> tripOfDriver = new LinkedHashMap<>();
    private final Map<OrderId, Trip> tripOfOrder = new HashMap<>();
    private final Map<Position, Map<String, Trip>> tripsFrom = new LinkedHashMap<>(); // by their first store
    private final Map<Position, List<Position>> nearStores = new HashMap<>();

    TripBundler(
            TripPlanner planner,
            DispatchLimits limits,
            DispatchWeights weights,
            long nowMs,
            List<WaitingOrder> orders,
            List<Trip> solo) {
        this.planner = planner;
        this.orders = new ArrayList<>(orders);
        this.orders.sort(Comparator.comparingLong(WaitingOrder::readyAtMs)
                .thenComparing(order -> order.id().value()));
        stores = orders.stream().map(WaitingOrder::pickup).distinct().toList();
        this.limits = limits;
        this.weights = weights;
        this.nowMs = nowMs;
        solo.forEach(this::put);
    }

    private void put(Trip trip) {
        var driver = trip.driver().id();
        remove(driver);
        tripOfDriver.put(driver, trip);
        tripsFrom.computeIfAbsent(firstStore(trip), _ -> new LinkedHashMap<>()).put(driver, trip);
        trip.orders().forEach(order -> tripOfOrder.put(order.id(), trip));
    }

    private void remove(String driver) {
        var removed = tripOfDriver.remove(driver);
        if (removed != null) {
            tripsFrom.getOrDefault(firstStore(removed), new HashMap<>()).remove(driver);
        }
    }

    private static Position firstStore(Trip trip) {
        return trip.orders().getFirst().pickup();
    }

    /// The trips after all moves that lower the cost.
    List<Trip> bundle() {
        var round = 0;
        while (limits.bundleMax() > 1 && round < ROUNDS_MAX && moveAll()) {
            round++;
        }
        return List.copyOf(tripOfDriver.values());
    }

    private boolean moveAll() {
        var isMoved = false;
        for (var order : orders) {
            var own = Optional.ofNullable(tripOfOrder.get(order.id()));
            if (own.isEmpty() || own.get().orders().size() == 1) {
                isMoved |= move(order, own);
            }
        }
        return isMoved;
    }

    private boolean move(WaitingOrder order, Optional<Trip> own) {
        var leastExtra = own.map(this::total).orElseGet(() -> laterCost(order)); // alone
        @Nullable Trip best = null;
        for (var trip : tripsNear(order)) {
            if (isOwn(trip, order) || !hasRoom(trip)) {
                continue;
            }
            var extended = cheapestInsertion(trip, order);
            if (extended.isPresent()) {
                var extra = total(extended.get()) - total(trip);
                if (extra < leastExtra) {
                    leastExtra = extra;
                    best = extended.get();
                }
            }
        }
        if (best == null) {
            return false;
        }
        own.ifPresent(trip -> remove(trip.driver().id()));
        put(best);
        return true;
    }

    /// What the order is expected to cost with a driver of its own in a later round.
    private double laterCost(WaitingOrder order) {
        return weights.bundling() + weights.ageing() * Math.max(0, nowMs - order.readyAtMs()) / MINUTE_MS;
    }

    private static boolean isOwn(Trip trip, WaitingOrder order) {
        return trip.orders().getFirst().id().equals(order.id());
    }

    private boolean hasRoom(Trip trip) {
        return trip.orders().size() < Math.min(limits.bundleMax(), trip.driver().capacity());
    }

    private List<Trip> tripsNear(WaitingOrder order) {
        return nearStores.computeIfAbsent(order.pickup(), this::storesNear).stream()
                .flatMap(store -> tripsFrom.getOrDefault(store, Map.of()).values().stream())
                .toList();
    }

    /// The stores from which a driver is soon at `store`.
    private List<Position> storesNear(Position store) {
        return stores.stream()
                .filter(other -> planner.areNear(other, store, limits.storesApartMax()))
                .toList();
    }

    private Optional<Trip> cheapestInsertion(Trip trip, WaitingOrder order) {
        Optional<Trip> cheapest = Optional.empty();
        for (var at = 0; at <= trip.orders().size(); at++) {
            var orders = new ArrayList<>(trip.orders());
            orders.add(at, order);
            var extended = planner.plan(trip.driver(), orders, nowMs).filter(this::keepsPromises);
            if (extended.isPresent() && (cheapest.isEmpty() || total(extended.get()) < total(cheapest.get()))) {
                cheapest = extended;
            }
        }
        return cheapest;
    }

    private double total(Trip trip) {
        return trip.cost().total(weights);
    }

    /// Whether the bundle delivers each order as promised. An order whose promise is past already binds no bundle.
    private boolean keepsPromises(Trip bundle) {
        for (var i = 0; i < bundle.orders().size(); i++) {
            var promisedByMs = bundle.orders().get(i).promisedByMs();
            if (bundle.deliveredAtMs().get(i) > promisedByMs && promisedByMs > nowMs) {
                return false;
            }
        }
        return true;
    }
}
