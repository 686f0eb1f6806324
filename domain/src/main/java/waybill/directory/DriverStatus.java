package waybill.directory;

import java.util.Locale;
import java.util.Optional;

/// Whether a driver accepts deliveries, as reported by the driver.
public enum DriverStatus {
    AVAILABLE,
    BUSY,
    OFFLINE;

    /// Whether dispatch may give the driver orders: one that is busy gets its next ones after those it has.
    public boolean isOnDuty() {
        return this != OFFLINE;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DriverStatus> parse(String word) {
        for (var status : values()) {
            if (status.wireName().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
