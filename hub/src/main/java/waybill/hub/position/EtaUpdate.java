package waybill.hub.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.order.OrderId;

/// When the driver of an order should be there, as the viewers of that order are told.
///
/// @param customerOrNone whose order it is
/// @param minutes how many are left; probably between `low` and `high`
public record EtaUpdate(
        OrderId order,
        @Nullable String customerOrNone,
        int minutes,
        int low,
        int high,
        Instant estimatedDeliveryTime) {}
