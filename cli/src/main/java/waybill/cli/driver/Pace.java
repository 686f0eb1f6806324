package waybill.cli.driver;

import java.time.Duration;

/// How fast a driver works.
///
/// @param pickUpAfter from hearing of a parcel to picking it up
/// @param deliverAfter from picking it up to delivering it
/// @param handsMax parcels in hand at once
public record Pace(Duration pickUpAfter, Duration deliverAfter, int handsMax) {
    public Pace {
        if (handsMax < 1) {
            throw new IllegalArgumentException("parcels in hand: " + handsMax + " (expected: at least 1)");
        }
    }
}
