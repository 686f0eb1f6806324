package waybill.hub.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// Where the driver of an order is, as the viewers of that order are told.
///
/// @param customerOrNone whose order it is
/// @param store whose order it is to prepare
/// @param viewers which of the order's viewers are told this
/// @param heading degrees clockwise from north, or [Report#UNKNOWN]
/// @param speed metres per second, or [Report#UNKNOWN]
/// @param recordedAt when the driver was there
/// @param ageMs how long ago that was when it is told; the way to a slow viewer comes on top
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

    /// Which viewers are told: a position may be exact for some and rounded for others.
    public enum Viewers {
        ALL,

        /// Administrators, support and the driver.
        STAFF,

        /// Customer and store.
        PARTIES
    }
}
