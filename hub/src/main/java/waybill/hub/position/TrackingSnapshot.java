package waybill.hub.position;

import org.jspecify.annotations.Nullable;
import waybill.order.Order;

/// How an order stands when somebody begins to watch it. `order.version()` is the event that it includes.
public record TrackingSnapshot(
        Order order,
        @Nullable PositionUpdate positionOrNone,
        @Nullable EtaUpdate etaOrNone) {}
