package waybill.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Area;

/// What a driver delivers with, where, and until when.
///
/// @param capacity how many orders the driver carries at a time
/// @param areaOrNone where the driver picks up and delivers; none for everywhere
/// @param endsAtOrNone when the driver goes off duty by itself, with no pickup after it; none for an open end
public record Shift(
        int capacity,
        Vehicle vehicle,
        @Nullable Area areaOrNone,
        @Nullable Instant endsAtOrNone) {

    public static final int CAPACITY_MAX = 100;

    /// How far ahead a shift may end.
    public static final Duration LENGTH_MAX = Duration.ofDays(7);

    /// The shift of a driver that has named none of it.
    public static final Shift DEFAULT = new Shift(3, Vehicle.DEFAULT, null, null);

    public Shift {
        if (capacity < 1 || capacity > CAPACITY_MAX) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1.." + CAPACITY_MAX + ")");
        }
    }

    public Optional<Area> area() {
        return Optional.ofNullable(areaOrNone);
    }

    public Optional<Instant> endsAt() {
        return Optional.ofNullable(endsAtOrNone);
    }

    public boolean hasEnded(Instant now) {
        return endsAtOrNone != null && !endsAtOrNone.isAfter(now);
    }

    public Shift withCapacity(int orders) {
        return new Shift(orders, vehicle, areaOrNone, endsAtOrNone);
    }

    public Shift withVehicle(Vehicle another) {
        return new Shift(capacity, another, areaOrNone, endsAtOrNone);
    }

    public Shift withArea(@Nullable Area another) {
        return new Shift(capacity, vehicle, another, endsAtOrNone);
    }

    public Shift withEnd(@Nullable Instant at) {
        return new Shift(capacity, vehicle, areaOrNone, at);
    }
}
