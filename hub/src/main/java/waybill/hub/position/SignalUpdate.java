package waybill.hub.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.hub.position.PositionUpdate.Viewers;
import waybill.order.OrderId;

/// The signal of a driver was lost, or regained, as published to the viewers of one of its orders, or, if it has none,
/// to administrators.
///
/// @param orderOrNone the order, unless the driver has none
/// @param customerOrNone the customer of the order
/// @param storeOrNone the store of the order
/// @param viewers the viewers it is published to
/// @param lastSeenAt the time of the driver's newest position
/// @param ageMs its age
public record SignalUpdate(
        @Nullable OrderId orderOrNone,
        @Nullable String customerOrNone,
        @Nullable String storeOrNone,
        Viewers viewers,
        String driver,
        boolean isLost,
        Instant lastSeenAt,
        long ageMs) {

    /// The id of the order; null without one.
    public @Nullable String orderIdOrNone() {
        return orderOrNone == null ? null : orderOrNone.toString();
    }
}
