package waybill.directory;

import java.util.Locale;
import java.util.Optional;

/// Whether a driver accepts deliveries, as reported by the driver.
public enum DriverStatus {
    AVAILABLE,
    BUSY,
    OFFLINE;

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
