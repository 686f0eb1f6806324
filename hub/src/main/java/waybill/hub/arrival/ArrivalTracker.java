package waybill.hub.arrival;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.eta.Travel;
import waybill.eta.TravelRequest;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.hub.OrderCommandHandler.OrderRequest;
import waybill.hub.OrderCommandHandler.OrderResult;
import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;
import waybill.order.OrderId;
import waybill.order.Stop;
import waybill.tracking.ClassifiedFix;
import waybill.tracking.Fix;
import waybill.tracking.FixStatus;

/// Finds out from the fixes of drivers when each arrives at its stops, and reports it, once.
///
/// A driver goes to the stores of the orders that are assigned to it, and of those in its hands to the customer of
/// the next and of the others at the same place: no customer is told of a driver that goes to another before. A store
/// is told that the driver is arriving once the driver has no order in hand, and that it has arrived in any case. A
/// stop without coordinates has no arrivals.
///
/// All but [#startStop] and [#remove] is called in an update of the driver ([waybill.tracking.DriverPositions]), so
/// that one thread at a time owns its state. Nothing here waits.
public final class ArrivalTracker {

    /// Stops of one driver that are followed; a driver with more has those that were assigned first.
    static final int STOPS_MAX = 32;

    /// Two customers this near are one stop.
    private static final double SAME_PLACE_METRES = 30;

    private static final class DriverStops {

        private List<TrackedStop> stops = List.of();

        /// The orders of which these are the stops: lists of [ActiveOrders] are replaced, never changed.
        private @Nullable List<Order> ordersOrNone;
    }

    private final ActiveOrders activeOrders;
    private final Function<Order, Address> pickups;
    private final Function<TravelRequest, Travel> travels;
    private final ArrivalReports reports;
    private final Map<String, DriverStops> byDriver = new ConcurrentHashMap<>(); // drivers with active orders
    private final Map<OrderId, Long> sinceMs = new ConcurrentHashMap<>(); // of active orders with a stop ahead

    /// @param pickups where an order is fetched; never blocks
    /// @param travels the best travel times that are known now; never blocks
    /// @param orders handles an order command; never blocks
    public ArrivalTracker(
            ActiveOrders activeOrders,
            Function<Order, Address> pickups,
            Function<TravelRequest, Travel> travels,
            Function<OrderRequest, CompletableFuture<OrderResult>> orders,
            InstantSource clock) {
        this.activeOrders = activeOrders;
        this.pickups = pickups;
        this.travels = travels;
        this.reports = new ArrivalReports(orders, clock);
    }

    /// Handles a classified fix of a driver.
    public void accept(Fix fix, FixStatus status, long nowMs) {
        var driver = findStops(fix.driver());
        if (driver == null) {
            return;
        }
        for (var stop : driver.stops) {
            switch (status) {
                case ACCEPTED -> stop.accept(fix, travels, nowMs);
                case STALE -> stop.acceptLate(fix);
                case IMPLAUSIBLE -> {}
            }
            stop.report(fix.driver(), reports);
        }
    }

    /// Handles the classified fixes of a list, the oldest first. What they show together is reported.
    public void acceptAll(String driverId, List<ClassifiedFix> fixes, long nowMs) {
        var driver = findStops(driverId);
        if (driver == null) {
            return;
        }
        for (var stop : driver.stops) {
            for (var late : fixes.reversed()) {
                if (late.status() == FixStatus.STALE) {
                    stop.acceptLate(late.fix());
                }
            }
            for (var accepted : fixes) {
                if (accepted.status() == FixStatus.ACCEPTED) {
                    stop.accept(accepted.fix(), travels, nowMs);
                }
            }
            stop.report(driverId, reports);
        }
    }

    /// The driver of an order begins to go to its next stop.
    public void startStop(OrderId order, long atMs) {
        sinceMs.put(order, atMs);
        if (activeOrders.byId(order).isEmpty()) {
            sinceMs.remove(order); // it ended meanwhile; the entry would leak
        }
    }

    /// The order has ended, or has got another driver than this.
    ///
    /// @param driverOrNone the driver that no longer has it
    public void remove(Order order, @Nullable String driverOrNone) {
        if (!order.state().isActive()) {
            sinceMs.remove(order.id());
        }
        if (driverOrNone != null && activeOrders.ofDriver(driverOrNone).isEmpty()) {
            byDriver.remove(driverOrNone);
        }
    }

    /// Reports that were not stored at once.
    public long postponedCount() {
        return reports.postponedCount();
    }

    @SuppressWarnings("ReferenceEquality") // the same list has the same orders
    private @Nullable DriverStops findStops(String driver) {
        var orders = activeOrders.ofDriver(driver);
        if (orders.isEmpty()) {
            byDriver.remove(driver);
            return null;
        }
        var known = byDriver.get(driver);
        if (known != null && known.ordersOrNone == orders) {
            return known;
        }
        var stops = known == null ? new DriverStops() : known;
        update(stops, orders);
        if (known == null) {
            byDriver.put(driver, stops);
            if (activeOrders.ofDriver(driver).isEmpty()) {
                byDriver.remove(driver); // the last order ended meanwhile; the entry would leak
            }
        }
        return stops;
    }

    private void update(DriverStops driver, List<Order> orders) {
        var next = activeOrders.nextStop(orders);
        var nextPlace = next.flatMap(id ->
                        orders.stream().filter(order -> order.id().equals(id)).findFirst())
                .flatMap(order -> order.details().dropoff().position());
        var stops = new ArrayList<TrackedStop>();
        var isComplete = true;
        for (var order : orders) {
            var stop = Stop.ahead(order.state()).orElse(null);
            if (stop == null || stops.size() >= STOPS_MAX) {
                continue;
            }
            var place = place(order, stop).orElse(null);
            if (place == null) {
                isComplete &= stop == Stop.DROPOFF; // the address of a store may become known
            } else if (stop == Stop.PICKUP || order.id().equals(next.orElse(null)) || isAt(place, nextPlace)) {
                var tracked = findOrCreate(driver.stops, order, stop, place);
                tracked.setNext(stop == Stop.DROPOFF || next.isEmpty());
                stops.add(tracked);
            }
        }
        driver.stops = stops;
        driver.ordersOrNone = isComplete ? orders : null;
    }

    private static boolean isAt(Position place, Optional<Position> next) {
        return next.isPresent() && place.metresTo(next.get()) <= SAME_PLACE_METRES;
    }

    private Optional<Position> place(Order order, Stop stop) {
        return switch (stop) {
            case PICKUP -> pickups.apply(order).position();
            case DROPOFF -> order.details().dropoff().position();
        };
    }

    private TrackedStop findOrCreate(List<TrackedStop> known, Order order, Stop stop, Position place) {
        var since = sinceMs.getOrDefault(order.id(), 0L);
        for (var tracked : known) {
            if (tracked.is(order, stop, place, since)) {
                return tracked;
            }
        }
        return new TrackedStop(order, stop, place, since);
    }
}
