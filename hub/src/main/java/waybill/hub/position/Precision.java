package waybill.hub.position;

import waybill.hub.projection.ActiveOrders;
import waybill.order.Order;
import waybill.tracking.PositionVisibility;

/// How exactly the customer and the store of an order see the position of its driver: of a driver with several
/// orders, only those of the next stop see it exactly. Thread-safe.
///
/// @param isHiddenUntilNext whether the others see nothing, instead of a position rounded to a kilometre
public record Precision(ActiveOrders active, boolean isHiddenUntilNext) {

    public PositionVisibility.Precision of(Order order) {
        return of(active.isNextStop(order));
    }

    public PositionVisibility.Precision of(boolean isNextStop) {
        if (isNextStop) {
            return PositionVisibility.Precision.EXACT;
        }
        return isHiddenUntilNext ? PositionVisibility.Precision.HIDDEN : PositionVisibility.Precision.ROUNDED;
    }
}
