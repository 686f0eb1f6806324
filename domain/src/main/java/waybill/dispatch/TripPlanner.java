package waybill.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import waybill.geo.Position;

/// Plans the trip of a driver with given orders, and what it costs.
public final class TripPlanner {

    private static final double MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final TravelTimes travelTimes;
    private final BiPredicate<AvailableDriver, WaitingOrder> isPermitted;
    private final long halfPickupMs;
    private final long halfDropoffMs;

    public TripPlanner(TravelTimes travelTimes, DispatchLimits limits) {
        this(travelTimes, limits, (_, _) -> true);
    }

    /// @param isPermitted whether a driver may deliver an order
    TripPlanner(
            TravelTimes travelTimes, DispatchLimits limits, BiPredicate<AvailableDriver, WaitingOrder> isPermitted) {
        this.travelTimes = travelTimes;
        this.isPermitted = isPermitted;
        halfPickupMs = limits.pickupService().toMillis() / 2;
        halfDropoffMs = limits.dropoffService().toMillis() / 2;
    }

    /// The trip of this driver with these orders in this sequence: first to their stores, then to their customers.
    /// Empty if a pickup would be after the end of the driver's shift, a place is outside the driver's area, or the
    /// driver may not deliver one of them. Orders of one store are picked up together.
    public Optional<Trip> plan(AvailableDriver driver, List<WaitingOrder> orders, long nowMs) {
        for (var order : orders) {
            if (!driver.serves(order.pickup(), order.dropoff()) || !isPermitted.test(driver, order)) {
                return Optional.empty();
            }
        }
        var startMs = Math.max(nowMs, driver.freeAtMs());
        var timeMs = startMs;
        var place = driver.position();
        var emptyMs = 0L;
        var waitingMs = 0L;
        var pickupMs = startMs;
        for (var next = 0; next < orders.size(); ) {
            var store = orders.get(next).pickup();
            var readyMs = orders.get(next).readyAtMs();
            for (next++; next < orders.size() && orders.get(next).pickup().equals(store); next++) {
                readyMs = Math.max(readyMs, orders.get(next).readyAtMs());
            }
            var travelMs = driver.vehicle().travelMs(travelTimes.travelMs(place, store));
            var arrivalMs = timeMs + travelMs;
            pickupMs = Math.max(readyMs, arrivalMs + halfPickupMs);
            emptyMs += travelMs;
            waitingMs += pickupMs - arrivalMs - halfPickupMs;
            timeMs = pickupMs + halfPickupMs;
            place = store;
        }
        if (pickupMs > driver.offDutyAtMs()) {
            return Optional.empty();
        }
        return Optional.of(deliver(driver, orders, startMs, pickupMs, place, emptyMs, waitingMs));
    }

    private Trip deliver(
            AvailableDriver driver,
            List<WaitingOrder> orders,
            long startMs,
            long pickupMs,
            Position lastStore,
            long emptyMs,
            long waitingMs) {
        var timeMs = pickupMs + halfPickupMs;
        var place = lastStore;
        var delayMs = 0L;
        var deliveredMs = new ArrayList<Long>(orders.size());
        for (var order : orders) {
            timeMs += driver.vehicle().travelMs(travelTimes.travelMs(place, order.dropoff())) + halfDropoffMs;
            deliveredMs.add(timeMs);
            delayMs += timeMs - earliestDeliveryMs(order);
            timeMs += halfDropoffMs;
            place = order.dropoff();
        }
        var cost = new TripCost(delayMs / MINUTE_MS, emptyMs / MINUTE_MS, waitingMs / MINUTE_MS);
        return new Trip(driver, orders, startMs, startMs + waitingMs, pickupMs, deliveredMs, timeMs, cost);
    }

    /// When the order would be delivered by a driver with the typical vehicle that waits at its store.
    private long earliestDeliveryMs(WaitingOrder order) {
        return order.readyAtMs() + halfPickupMs + travelTimes.travelMs(order.pickup(), order.dropoff()) + halfDropoffMs;
    }

    boolean areNear(Position from, Position to, Duration apartMax) {
        return from.equals(to) || travelTimes.travelMs(from, to) <= apartMax.toMillis();
    }
}
