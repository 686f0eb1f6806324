package waybill.eta;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import waybill.geo.Address;
import waybill.geo.Position;
import waybill.order.Actor;
import waybill.order.Arrivals;
import waybill.order.Customer;
import waybill.order.Order;
import waybill.order.OrderDetails;
import waybill.order.OrderId;
import waybill.order.OrderOffers;
import waybill.order.OrderProofs;
import waybill.order.OrderState;
import waybill.order.OrderTimes;

/// Orders along a meridian.
final class EtaSamples {

    static final long MINUTE = 60_000;

    private EtaSamples() {}

    static Position north(double metres) {
        return new Position(metres / Position.METRES_PER_DEGREE, 0);
    }

    /// @param pickup metres to the north, NaN if unknown; so is `dropoff`
    static Order order(int id, OrderState state, double pickup, double dropoff) {
        return new Order(
                new OrderId(new UUID(0, id)),
                "WB-" + id,
                "store at " + pickup,
                "m" + id,
                "m" + id,
                state,
                Actor.driver("kari"),
                0,
                new OrderDetails(
                        new Customer(null, "Jane", null), address(pickup), address(dropoff), List.of(), null, null),
                Instant.EPOCH,
                null,
                Arrivals.NONE,
                OrderOffers.NONE,
                OrderTimes.NONE,
                OrderProofs.NONE,
                id);
    }

    private static Address address(double metres) {
        @Nullable Position place = Double.isNaN(metres) ? null : north(metres);
        return new Address("", place);
    }
}
