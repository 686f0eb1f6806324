package waybill.hub.position;

import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrackState;

class InMemoryDriverPositionsTest implements DriverPositionsContract {

    @Override
    public DriverPositions create(int driversMax) {
        return new InMemoryDriverPositions(driversMax, DriverTrackState.SPEED_MAX);
    }
}
