package waybill.hub.position;

import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// Learns of the newest position of each driver. It does not block.
public interface NewestPositionListener {

    /// A position was accepted that is newer than all before. Called in the update of the driver.
    void onNewest(DriverTrackState track, long nowMs);

    /// The newest position from before a restart, at the start.
    void onRestored(Fix newest, long nowMs);
}
