package waybill.hub.position;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;
import waybill.order.OrderId;

/// A position reported by a driver. Missing numbers are [#UNKNOWN].
///
/// @param orderOrNone the order that the report names
/// @param heading degrees clockwise from north, 0 to 360
/// @param speed metres per second
/// @param accuracy the radius of uncertainty in metres
/// @param recordedAtOrNone the time by the driver's clock, unchecked
public record PositionReport(
        @Nullable OrderId orderOrNone,
        Position position,
        double heading,
        double speed,
        double accuracy,
        @Nullable Instant recordedAtOrNone) {

    /// NaN stands for a missing value.
    public static final double UNKNOWN = Double.NaN;

    public Optional<OrderId> order() {
        return Optional.ofNullable(orderOrNone);
    }

    public Optional<Instant> recordedAt() {
        return Optional.ofNullable(recordedAtOrNone);
    }
}
