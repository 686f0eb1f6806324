package waybill.dispatch;

import java.util.List;
import waybill.order.OrderId;

/// An offer that is to be made now.
///
/// @param drivers the drivers to ask, at least one
/// @param runnersUp the drivers to ask next, the best first
public record PlannedOffer(OrderId order, List<String> drivers, List<String> runnersUp) {

    public PlannedOffer {
        drivers = List.copyOf(drivers);
        runnersUp = List.copyOf(runnersUp);
        if (drivers.isEmpty()) {
            throw new IllegalArgumentException("drivers: none (expected: at least one)");
        }
    }
}
