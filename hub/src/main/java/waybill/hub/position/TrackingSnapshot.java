package waybill.hub.position;

import org.jspecify.annotations.Nullable;
import waybill.order.Order;

/// The state of an order at the time of a subscription. `order.lastSequence()` is the newest event it includes.
public record TrackingSnapshot(
        Order order,
        @Nullable PositionUpdate positionOrNone,
        @Nullable EtaUpdate etaOrNone) {}
