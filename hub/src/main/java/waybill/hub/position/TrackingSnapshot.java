package waybill.hub.position;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.order.Order;
import waybill.tracking.Signal;

/// The state of an order at the time of a subscription. `order.lastSequence()` is the newest event it includes.
///
/// @param signalOrNone the freshness of the position
public record TrackingSnapshot(
        Order order,
        @Nullable PositionUpdate positionOrNone,
        @Nullable Signal signalOrNone,
        @Nullable EtaUpdate etaOrNone) {

    /// The word for the freshness of the position.
    public Optional<String> signal() {
        return Optional.ofNullable(signalOrNone).map(Signal::wireName);
    }
}
