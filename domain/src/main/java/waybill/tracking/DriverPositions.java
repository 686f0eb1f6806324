package waybill.tracking;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.geo.Position;

/// The track of every driver: its newest position, and what the next fix is classified by. A port: one node has it
/// in memory, several nodes share it. Safe from any thread.
///
/// The state of one driver has one owner at a time: the update that runs. Updates of different drivers do not wait
/// for each other.
public interface DriverPositions {

    /// How many drivers to store by default.
    int DRIVERS_MAX = 100_000;

    /// How old a stored position may be to be restored after a restart.
    Duration RESTORED_AGE_MAX = Duration.ofDays(1);

    /// How old a position may be in a search for nearby drivers.
    Duration NEARBY_AGE_MAX = Duration.ofMinutes(15);

    /// A nearby driver and its distance.
    record NearbyDriver(Fix fix, double metres) {}

    /// Runs an update of one driver's track, and returns its result. Updates of one driver run one after the
    /// other, on any threads: what they emit is emitted in the order in which their fixes were classified. An
    /// update does not block, and updates no other driver.
    <T> T update(String driver, Function<DriverTrack, T> update);

    /// The driver's state after the last fix that was classified.
    Optional<DriverTrackState> find(String driver);

    /// At most `max` drivers within `radiusMetres` of `place` by a fix that was recorded since `sinceMs`, the
    /// nearest first, and of drivers at one distance the first by id. It holds up no update.
    List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max);

    /// Passes on the newest fix of every driver that was recorded since `sinceMs`, in no order. It holds up no update.
    void forEachSince(long sinceMs, Consumer<Fix> action);

    /// Restores a driver's position after a restart, unless a newer one has arrived.
    default void restore(Fix fix) {
        update(fix.driver(), track -> track.restore(fix));
    }

    /// Hears the tracks of the drivers that report to another node, each in an update of its driver. One node has none.
    default void onFollowed(Consumer<DriverTrackState> listener) {}

    /// The hub's clock was set back to `nowMs`: states received later than that would reject all new fixes until
    /// the clock catches up, so they are deleted.
    void onClockSetBack(long nowMs);
}
