package waybill.hub.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// A position of an order's driver, as published to the order's viewers.
///
/// @param customerOrNone the customer of the order
/// @param store the store of the order
/// @param viewers the viewers it is published to
/// @param heading degrees clockwise from north, or [PositionReport#UNKNOWN]
/// @param speed metres per second, or [PositionReport#UNKNOWN]
/// @param recordedAt the time of the position
/// @param ageMs its age when it is published, without the transport to the viewer
public record PositionUpdate(
        OrderId order,
        @Nullable String customerOrNone,
        String store,
        Viewers viewers,
        String driver,
        Position position,
        double heading,
        double speed,
        Instant recordedAt,
        long ageMs) {

    /// Which viewers receive it: a position may be exact for some and rounded for others.
    public enum Viewers {
        ALL,

        /// Administrators, support and the driver.
        STAFF,

        /// Customer and store.
        PARTIES
    }
}
