package waybill.directory;

import java.time.Instant;

/// What a driver last said of wanting work.
public record DriverState(String driver, DriverStatus status, Instant since) {}
