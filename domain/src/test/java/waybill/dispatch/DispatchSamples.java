package waybill.dispatch;

import java.time.Duration;
import java.util.UUID;
import waybill.geo.Position;
import waybill.order.OrderId;

/// Orders and drivers on a line where the equator is; a driver takes a minute for a tenth of a degree.
final class DispatchSamples {

    static final long MINUTE_MS = 60_000;
    static final long NO_PROMISE = Long.MAX_VALUE;
    static final TravelTimes TRAVEL_TIMES = (from, to) ->
            Math.round(10 * MINUTE_MS * Math.hypot(from.latitude() - to.latitude(), from.longitude() - to.longitude()));

    /// No service times, so that a test adds up travel alone; a degree is ten minutes along the straight line.
    static final DispatchLimits LIMITS = new DispatchLimits(
            24,
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            3,
            Duration.ofMinutes(2),
            Duration.ZERO,
            Duration.ZERO,
            111_195 / 600.0);

    private DispatchSamples() {}

    static Position at(double minutes) {
        return new Position(0, minutes / 10);
    }

    static WaitingOrder order(int number, double store, double customer, double readyMinute) {
        return order(number, store, customer, readyMinute, NO_PROMISE);
    }

    static WaitingOrder order(int number, double store, double customer, double readyMinute, long promisedByMs) {
        return new WaitingOrder(
                new OrderId(new UUID(0, number)),
                "store-" + store,
                at(store),
                at(customer),
                Math.round(readyMinute * MINUTE_MS),
                promisedByMs);
    }

    static AvailableDriver driver(String id, double place) {
        return driver(id, place, 0);
    }

    static AvailableDriver driver(String id, double place, double freeMinute) {
        return new AvailableDriver(id, at(place), Math.round(freeMinute * MINUTE_MS), AvailableDriver.NO_END, 3);
    }
}
