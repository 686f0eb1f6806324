package waybill.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import waybill.geo.Position;

/// The newest position of every driver, in memory. Guarded by its monitor, held only while a fix or a batch is
/// classified: safe from any thread.
public final class DriverPositions {

    /// How many drivers to store by default.
    public static final int DRIVERS_MAX = 100_000;

    /// How old a stored position may be to be restored after a restart.
    public static final Duration RESTORED_AGE_MAX = Duration.ofDays(1);

    /// How old a position may be in a search for nearby drivers.
    public static final Duration NEARBY_AGE_MAX = Duration.ofMinutes(15);

    /// A nearby driver and its distance.
    public record NearbyDriver(Fix fix, double metres) {}

    private final int driversMax;
    private final double speedMax;
    private final LinkedHashMap<String, DriverTrackState> states =
            new LinkedHashMap<>(); // least recently updated first

    /// Stores `driversMax` drivers. Beyond that, the least recently updated driver is evicted, and its next fix is
    /// accepted unchecked. `speedMax` is as in [DriverTrackState#next].
    public DriverPositions(int driversMax, double speedMax) {
        this.driversMax = driversMax;
        this.speedMax = speedMax;
    }

    /// Classifies a fix and stores the driver's new state, which has the status.
    public synchronized DriverTrackState accept(Fix fix) {
        var before = states.get(fix.driver());
        return put(fix.driver(), before == null ? DriverTrackState.start(fix) : before.next(fix, speedMax));
    }

    /// Accepts a fix without a timestamp, as in [DriverTrackState#nextUndated].
    public synchronized DriverTrackState acceptUndated(Fix fix) {
        var before = states.get(fix.driver());
        return put(fix.driver(), before == null ? DriverTrackState.start(fix) : before.nextUndated(fix, speedMax));
    }

    /// Accepts a fix with a timestamp of the phone's clock, which may be wrong: the time is corrected to the hub's
    /// clock. Fixes with the same corrected time are classified in order of arrival.
    ///
    /// @param recordedAtMs the time of the fix by the phone's clock
    public synchronized DriverTrackState acceptDated(
            String driver,
            Position position,
            double heading,
            double speed,
            double accuracy,
            long recordedAtMs,
            long receivedAtMs) {
        var before = states.get(driver);
        var clock = (before == null ? PhoneClock.ACCURATE : before.clock()).afterFix(recordedAtMs, receivedAtMs);
        var fix = new Fix(
                driver,
                position,
                heading,
                speed,
                accuracy,
                clock.correctedMs(recordedAtMs, receivedAtMs),
                receivedAtMs);
        if (before == null) {
            return put(driver, DriverTrackState.start(fix, clock));
        }
        return put(
                driver, clock.isOff() ? before.nextUndated(fix, speedMax, clock) : before.next(fix, speedMax, clock));
    }

    /// How far the phone's clock is ahead of the hub's: the time to subtract from the timestamps of a batch, the newest
    /// of which is `newestRecordedAtMs`. It is stored for a known driver.
    public synchronized long clockOffsetMs(String driver, long newestRecordedAtMs, long receivedAtMs) {
        var before = states.get(driver);
        var previous = before == null ? PhoneClock.ACCURATE : before.clock();
        var clock = previous.afterBatch(newestRecordedAtMs, receivedAtMs);
        if (before != null && !clock.equals(previous)) {
            states.put(driver, before.withClock(clock));
        }
        return clock.offsetMs();
    }

    /// Classifies a batch and stores the driver's new state.
    public synchronized FixBatch.BatchResult accept(FixBatch batch) {
        var driver = batch.fixes().getFirst().driver();
        var outcome = batch.classify(states.get(driver), speedMax);
        put(driver, outcome.trackState());
        return outcome;
    }

    /// The hub's clock was set back to `nowMs`: states received later than that would reject all new fixes until the
    /// clock catches up, so they are deleted.
    public synchronized void onClockSetBack(long nowMs) {
        states.values().removeIf(state -> state.newest().receivedAtMs() > nowMs);
    }

    /// Restores a driver's position after a restart, unless a newer one has arrived.
    public synchronized void restore(Fix fix) {
        if (!states.containsKey(fix.driver())) {
            put(fix.driver(), DriverTrackState.start(fix));
        }
    }

    public synchronized Optional<DriverTrackState> find(String driver) {
        return Optional.ofNullable(states.get(driver));
    }

    /// At most `max` drivers within `radiusMetres` of `place` by a fix that was recorded since `sinceMs`, the nearest
    /// first. It scans all drivers, so it must not run on an event loop.
    public List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max) {
        return copyStates().stream()
                .filter(state -> state.newest().recordedAtMs() >= sinceMs)
                .map(state -> new NearbyDriver(
                        state.newest(), place.metresTo(state.newest().position())))
                .filter(near -> near.metres <= radiusMetres)
                .sorted(Comparator.comparingDouble(NearbyDriver::metres))
                .limit(max)
                .toList();
    }

    private synchronized List<DriverTrackState> copyStates() {
        return new ArrayList<>(states.values());
    }

    private DriverTrackState put(String driver, DriverTrackState state) {
        states.putLast(driver, state);
        if (states.size() > driversMax) {
            states.pollFirstEntry();
        }
        return state;
    }
}
