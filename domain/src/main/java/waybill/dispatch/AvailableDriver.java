package waybill.dispatch;

import org.jspecify.annotations.Nullable;
import waybill.directory.Vehicle;
import waybill.geo.Area;
import waybill.geo.Position;

/// A driver that is on duty and is free now, or will be soon.
///
/// @param position where the driver is when free
/// @param freeAtMs when the driver is free; in the past for a driver that is
/// @param offDutyAtMs the end of the shift: no pickup after it; [#NO_END] if there is none
/// @param capacity how many orders the driver can carry at a time
/// @param areaOrNone where the driver picks up and delivers; none for everywhere
public record AvailableDriver(
        String id,
        Position position,
        long freeAtMs,
        long offDutyAtMs,
        int capacity,
        Vehicle vehicle,
        @Nullable Area areaOrNone) {

    public static final long NO_END = Long.MAX_VALUE;

    public AvailableDriver {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 or more)");
        }
    }

    /// A driver with the typical vehicle, who delivers everywhere.
    public AvailableDriver(String id, Position position, long freeAtMs, long offDutyAtMs, int capacity) {
        this(id, position, freeAtMs, offDutyAtMs, capacity, Vehicle.DEFAULT, null);
    }

    /// Whether the driver delivers from `pickup` to `dropoff`.
    boolean serves(Position pickup, Position dropoff) {
        return areaOrNone == null || (areaOrNone.contains(pickup) && areaOrNone.contains(dropoff));
    }
}
