package waybill.hub.dispatch;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import waybill.directory.Shift;
import waybill.dispatch.AvailableDriver;
import waybill.dispatch.DispatchLimits;
import waybill.eta.StraightLine;
import waybill.order.Order;
import waybill.order.OrderState;
import waybill.tracking.Fix;

/// When and where a driver is free, after the orders that it has.
final class DriverPlans {

    private final DispatchLimits limits;

    DriverPlans(DispatchLimits limits) {
        this.limits = limits;
    }

    /// The driver once it has delivered these orders, those in its hands first. Empty if one of their drop-offs has
    /// no known place, for then nothing says where the driver will be.
    Optional<AvailableDriver> afterOrders(Fix newest, Shift shift, List<Order> orders, long nowMs) {
        var place = newest.position();
        var timeMs = nowMs;
        var vehicle = shift.vehicle();
        var inHandFirst = orders.stream()
                .sorted(Comparator.comparing(DriverPlans::isInHand).reversed())
                .toList();
        for (var order : inHandFirst) {
            var pickup = order.details().pickup().positionOrNone();
            var dropoff = order.details().dropoff().positionOrNone();
            if (dropoff == null) {
                return Optional.empty();
            }
            if (!isInHand(order) && pickup != null) {
                timeMs += vehicle.travelMs(StraightLine.travelMs(place, pickup))
                        + limits.pickupService().toMillis();
                place = pickup;
            }
            timeMs += vehicle.travelMs(StraightLine.travelMs(place, dropoff))
                    + limits.dropoffService().toMillis();
            place = dropoff;
        }
        var offDutyAtMs = shift.endsAt().map(Instant::toEpochMilli).orElse(AvailableDriver.NO_END);
        return Optional.of(new AvailableDriver(
                newest.driver(), place, timeMs, offDutyAtMs, shift.capacity(), vehicle, shift.areaOrNone()));
    }

    private static boolean isInHand(Order order) {
        return order.state() == OrderState.PICKED_UP || order.state() == OrderState.IN_TRANSIT;
    }
}
