package waybill.hub.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.eta.EtaSource;
import waybill.order.OrderId;

/// The ETA of an order, as published to its viewers.
///
/// @param customerOrNone the customer of the order
/// @param minutes the remaining minutes; probably between `low` and `high`
public record EtaUpdate(
        OrderId order,
        @Nullable String customerOrNone,
        int minutes,
        int low,
        int high,
        Instant estimatedDeliveryTime,
        EtaSource source) {}
