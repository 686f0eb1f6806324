package waybill.directory;

import java.util.Locale;
import java.util.Optional;

/// What a driver delivers with.
public enum Vehicle {
    FOOT(0.25),
    BICYCLE(0.8),
    MOTORCYCLE(1.1),
    CAR(1),
    VAN(0.9);

    /// What a driver has that has named none: the typical speed is its.
    public static final Vehicle DEFAULT = CAR;

    private final double speedFactor;

    Vehicle(double speedFactor) {
        this.speedFactor = speedFactor;
    }

    /// How fast it is through a town, where the typical speed is 1.
    public double speedFactor() {
        return speedFactor;
    }

    /// The time that it takes for a way on which the typical vehicle takes `typicalMs`.
    public long travelMs(long typicalMs) {
        return this == DEFAULT ? typicalMs : Math.round(typicalMs / speedFactor);
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Vehicle> parse(String word) {
        for (var vehicle : values()) {
            if (vehicle.wireName().equals(word)) {
                return Optional.of(vehicle);
            }
        }
        return Optional.empty();
    }
}
