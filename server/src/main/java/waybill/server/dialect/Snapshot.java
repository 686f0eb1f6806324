package waybill.server.dialect;

import org.jspecify.annotations.Nullable;
import waybill.order.Order;

/// How an order stands when somebody begins to watch it. `order.version()` is the event that it includes.
public record Snapshot(
        Order order,
        @Nullable LivePosition positionOrNone,
        @Nullable LiveEta etaOrNone) {}
