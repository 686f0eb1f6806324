package waybill.directory;

import java.time.Instant;

/// The last status that a driver reported.
public record DriverState(String driver, DriverStatus status, Instant since) {}
