package waybill.directory;

import java.time.Instant;

/// The last status that a driver reported.
///
/// @param since when its status last changed
public record DriverState(String driver, DriverStatus status, Instant since, Shift shift) {

    /// A driver that has named nothing of its shift.
    public DriverState(String driver, DriverStatus status, Instant since) {
        this(driver, status, since, Shift.DEFAULT);
    }

    /// The same driver off duty, whose shift has no end any more.
    public DriverState offDuty(Instant at) {
        return new DriverState(driver, DriverStatus.OFFLINE, at, shift.withEnd(null));
    }
}
