package waybill.cli.driver;

import java.time.Duration;

/// How fast a driver works.
///
/// @param pickUpAfter from hearing of a parcel to picking it up
/// @param deliverAfter from picking it up to delivering it
/// @param carriedMax parcels in hand at once
public record WorkPace(Duration pickUpAfter, Duration deliverAfter, int carriedMax) {
    public WorkPace {
        if (carriedMax < 1) {
            throw new IllegalArgumentException("parcels in hand: " + carriedMax + " (expected: at least 1)");
        }
    }
}
