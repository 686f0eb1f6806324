package waybill.dispatch;

import waybill.geo.Position;
import waybill.order.OrderId;

/// An order that has no driver yet.
///
/// @param store the store that hands it over
/// @param pickup the place of the store
/// @param readyAtMs when it is expected to be ready for pickup, or was
/// @param promisedByMs when its customer was promised it; no bundle delivers it later than that
public record WaitingOrder(
        OrderId id, String store, Position pickup, Position dropoff, long readyAtMs, long promisedByMs) {}
