package waybill.eta;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Order;
import waybill.order.OrderState;
import waybill.order.Stop;

/// The stops that a driver makes until it has delivered one of its orders: first it delivers what it has in hand, then
/// it collects and delivers the others, store by store. Orders of one store are collected together.
public final class DeliveryPlan {

    /// Orders of a driver that count. Further ones are taken to be delivered later.
    public static final int ORDERS_MAX = 20;

    /// One stop.
    ///
    /// @param kind whether an order is collected or delivered
    /// @param placeOrNone where it is, if that is known
    /// @param order the order that is delivered there, or an order that is collected there
    public record PlannedStop(Stop kind, @Nullable Position placeOrNone, Order order) {

        boolean isPickup() {
            return kind == Stop.PICKUP;
        }
    }

    private DeliveryPlan() {}

    /// The stops up to the drop-off of `order`.
    ///
    /// @param ofDriver the orders of the driver in the sequence in which it delivers them
    /// @param pickupOf the pickup address of an order
    public static List<PlannedStop> stopsUntil(Order order, List<Order> ofDriver, Function<Order, Address> pickupOf) {
        var orders = new ArrayList<Order>();
        for (var one : ofDriver) {
            if (orders.size() < ORDERS_MAX - 1 && !one.id().equals(order.id()) && isDelivered(one)) {
                orders.add(one);
            }
        }
        orders.add(Math.min(orders.size(), indexOf(order, ofDriver)), order);
        var stops = new ArrayList<PlannedStop>();
        var waiting = new ArrayList<Order>();
        for (var one : orders) {
            if (!isInHand(one)) {
                waiting.add(one);
            } else if (addDropoff(stops, one, order)) {
                return stops;
            }
        }
        while (!waiting.isEmpty()) {
            var store = waiting.getFirst();
            var collected = waiting.stream()
                    .filter(one -> isSamePickup(one, store, pickupOf))
                    .toList();
            waiting.removeAll(collected);
            for (var one : collected) {
                stops.add(new PlannedStop(Stop.PICKUP, pickupOf.apply(one).positionOrNone(), one));
            }
            for (var one : collected) {
                if (addDropoff(stops, one, order)) {
                    return stops;
                }
            }
        }
        return stops;
    }

    private static int indexOf(Order order, List<Order> ofDriver) {
        var index = 0;
        for (var one : ofDriver) {
            if (one.id().equals(order.id())) {
                return index;
            }
            index += isDelivered(one) ? 1 : 0;
        }
        return index;
    }

    private static boolean addDropoff(List<PlannedStop> stops, Order one, Order last) {
        stops.add(new PlannedStop(Stop.DROPOFF, one.details().dropoff().positionOrNone(), one));
        return one.id().equals(last.id());
    }

    private static boolean isSamePickup(Order one, Order other, Function<Order, Address> pickupOf) {
        return one.store().equals(other.store())
                && Objects.equals(
                        pickupOf.apply(one).positionOrNone(),
                        pickupOf.apply(other).positionOrNone());
    }

    /// Whether the driver has the order.
    public static boolean isInHand(Order order) {
        return order.state() == OrderState.PICKED_UP || order.state() == OrderState.IN_TRANSIT;
    }

    /// Whether an order in this state is on its way to its customer, or is going to be.
    public static boolean isDelivered(Order order) {
        return switch (order.state()) {
            case ACCEPTED, PREPARING, READY_FOR_PICKUP, ASSIGNED_TO_DRIVER, PICKED_UP, IN_TRANSIT -> true;
            case NEW, PENDING, PAYMENT_CONFIRMED, DELIVERED, CANCELLED, DECLINED, EXPIRED, FAILED, RETURNED -> false;
        };
    }
}
