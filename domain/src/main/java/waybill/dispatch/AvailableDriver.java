package waybill.dispatch;

import waybill.geo.Position;

/// A driver that is on duty and is free now, or will be soon.
///
/// @param position where the driver is when free
/// @param freeAtMs when the driver is free; in the past for a driver that is
/// @param offDutyAtMs the end of the shift: no pickup after it; [#NO_END] if there is none
/// @param capacity how many orders the driver can carry at a time
public record AvailableDriver(String id, Position position, long freeAtMs, long offDutyAtMs, int capacity) {

    public static final long NO_END = Long.MAX_VALUE;

    public AvailableDriver {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 or more)");
        }
    }
}
