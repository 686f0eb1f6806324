package waybill.directory;

import java.util.Locale;
import java.util.Optional;

/// Whether a driver wants work, in the driver's own words.
public enum DriverStatus {
    AVAILABLE,
    BUSY,
    OFFLINE;

    /// The word that clients see.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DriverStatus> of(String word) {
        for (var status : values()) {
            if (status.word().equals(word)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
