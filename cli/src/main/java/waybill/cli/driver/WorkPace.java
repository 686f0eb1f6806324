package waybill.cli.driver;

import java.time.Duration;

/// The speed and capacity of a driver.
///
/// @param pickUpAfter the time from the pickup event to the pickup
/// @param deliverAfter the time from the pickup to the delivery
/// @param carriedMax how many parcels the driver carries at once
public record WorkPace(Duration pickUpAfter, Duration deliverAfter, int carriedMax) {
    public WorkPace {
        if (carriedMax < 1) {
            throw new IllegalArgumentException("hands: " + carriedMax + " (expected: at least 1)");
        }
    }
}
