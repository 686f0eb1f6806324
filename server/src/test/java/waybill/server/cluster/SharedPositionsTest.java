package waybill.server.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.geo.Position;
import waybill.hub.position.DriverPositionsContract;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.tracking.DriverPositions;
import waybill.tracking.DriverTrack;
import waybill.tracking.DriverTrackState;
import waybill.tracking.Fix;

/// The positions that nodes share keep the contract of those that one node has in memory, read at another node than
/// the one that drivers report to.
class SharedPositionsTest implements DriverPositionsContract {

    @Override
    public DriverPositions create(int driversMax) {
        return new TwoNodes(node(driversMax), node(driversMax), new AtomicBoolean());
    }

    private static SharedPositions node(int driversMax) {
        return new SharedPositions(new InMemoryDriverPositions(driversMax, DriverTrackState.SPEED_MAX));
    }

    /// Drivers report to one node, and the positions are read on the other, when it has received them.
    ///
    /// @param isAhead whether the first may have positions that the second has not
    private record TwoNodes(SharedPositions one, SharedPositions two, AtomicBoolean isAhead)
            implements DriverPositions {

        private SharedPositions settled() {
            while (isAhead.getAndSet(false)) {
                one.flush(fixes -> {
                    two.onPositions(fixes);
                    isAhead.set(true);
                });
            }
            return two;
        }

        @Override
        public <T> T update(String driver, Function<DriverTrack, T> update) {
            isAhead.set(true);
            return one.update(driver, update);
        }

        /// Each node restores what the store has.
        @Override
        public void restore(Fix fix) {
            one.restore(fix);
            two.restore(fix);
        }

        @Override
        public Optional<DriverTrackState> find(String driver) {
            return settled().find(driver);
        }

        @Override
        public List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max) {
            return settled().findNearby(place, radiusMetres, sinceMs, max);
        }

        @Override
        public void forEachSince(long sinceMs, Consumer<Fix> action) {
            settled().forEachSince(sinceMs, action);
        }

        @Override
        public void onClockSetBack(long nowMs) {
            settled();
            one.onClockSetBack(nowMs);
            two.onClockSetBack(nowMs);
        }
    }
}
