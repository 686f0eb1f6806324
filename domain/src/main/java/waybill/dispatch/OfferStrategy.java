package waybill.dispatch;

import java.util.List;
import java.util.Map;
import waybill.order.OrderId;

/// Chooses the drivers that are asked to deliver each order. Pure.
@FunctionalInterface
public interface OfferStrategy {

    /// Decides one round.
    ///
    /// @param drivers those that can be asked: on duty, and not asked for another order now
    /// @param tentative the driver that each order had in the plan before, if any
    OfferPlan plan(
            List<OfferRequest> requests, List<AvailableDriver> drivers, Map<OrderId, String> tentative, long nowMs);

    /// Whether a driver is asked for the orders of one trip at a time: drivers with an open offer take no part.
    default boolean asksForOneTripAtATime() {
        return true;
    }
}
