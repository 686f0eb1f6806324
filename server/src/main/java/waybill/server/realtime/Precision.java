package waybill.server.realtime;

import waybill.order.Order;
import waybill.order.Sight;

/// How exactly the customer and the store of an order see where its driver is: a driver with several orders is seen
/// exactly by those of its next stop. Thread-safe.
///
/// @param isHiddenUntilNext whether the others see nothing, instead of a position rounded to a kilometre
public record Precision(ActiveOrders active, boolean isHiddenUntilNext) {

    public Sight.Precision of(Order order) {
        return of(active.isNextStop(order));
    }

    Sight.Precision of(boolean isNextStop) {
        if (isNextStop) {
            return Sight.Precision.EXACT;
        }
        return isHiddenUntilNext ? Sight.Precision.HIDDEN : Sight.Precision.ROUNDED;
    }
}
