package waybill.hub.position;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// Where a driver says it is or was. What is a number and was not said is [#UNKNOWN].
///
/// @param orderOrNone the order that it is busy with, if it says
/// @param heading degrees clockwise from north, 0 to 360
/// @param speed metres per second
/// @param accuracy the radius in metres around the position in which the driver is
/// @param recordedAtOrNone when, by the driver's clock; it may be anything
public record PositionReport(
        @Nullable OrderId orderOrNone,
        Position position,
        double heading,
        double speed,
        double accuracy,
        @Nullable Instant recordedAtOrNone) {

    /// Not a number: nobody has said what it is.
    public static final double UNKNOWN = Double.NaN;

    public Optional<OrderId> order() {
        return Optional.ofNullable(orderOrNone);
    }

    public Optional<Instant> recordedAt() {
        return Optional.ofNullable(recordedAtOrNone);
    }
}
