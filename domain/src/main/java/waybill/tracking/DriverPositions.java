package waybill.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import waybill.geo.Position;

/// Where every driver was last, in memory. A monitor, held for no longer than it takes to judge a fix or a batch: safe
/// from any thread.
public final class DriverPositions {

    /// How many drivers to remember, unless told otherwise.
    public static final int DRIVERS_MAX = 100_000;

    /// How far back to look after a restart for where a driver was last.
    public static final Duration RESTORED_AGE_MAX = Duration.ofDays(1);

    /// How old a position may be to count for who is near a place.
    public static final Duration NEARBY_AGE_MAX = Duration.ofMinutes(15);

    /// A driver who is near, and how near.
    public record NearbyDriver(Fix fix, double metres) {}

    private final int driversMax;
    private final double speedMax;
    private final LinkedHashMap<String, DriverTrackState> states =
            new LinkedHashMap<>(); // who was not heard of longest is first

    /// Remembers `driversMax` drivers. For one more, who was not heard of for longest is forgotten, and is
    /// believed at once when heard again. `speedMax` is as in [DriverTrackState#next].
    public DriverPositions(int driversMax, double speedMax) {
        this.driversMax = driversMax;
        this.speedMax = speedMax;
    }

    /// Judges a fix and remembers it. The verdict is in the answer.
    public synchronized DriverTrackState accept(Fix fix) {
        var before = states.get(fix.driver());
        return put(fix.driver(), before == null ? DriverTrackState.start(fix) : before.next(fix, speedMax));
    }

    /// The same for a fix that its phone did not date, as in [DriverTrackState#nextUndated].
    public synchronized DriverTrackState acceptUndated(Fix fix) {
        var before = states.get(fix.driver());
        return put(fix.driver(), before == null ? DriverTrackState.start(fix) : before.nextUndated(fix, speedMax));
    }

    /// The same for a fix that its phone has dated, by a clock that may be wrong: it is dated by ours instead. What one
    /// clock gives as the same moment is then judged in the order in which it came.
    ///
    /// @param recordedAtMs when it was there, by the phone's clock
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

    /// How much to take from the times that a driver's phone has given to a list of fixes, the newest of them at
    /// `newestRecordedAtMs`: that much its clock is ahead of ours. It is remembered of a driver who is known.
    public synchronized long clockOffsetMs(String driver, long newestRecordedAtMs, long receivedAtMs) {
        var before = states.get(driver);
        var known = before == null ? PhoneClock.ACCURATE : before.clock();
        var clock = known.afterBatch(newestRecordedAtMs, receivedAtMs);
        if (before != null && !clock.equals(known)) {
            states.put(driver, before.withClock(clock));
        }
        return clock.offsetMs();
    }

    /// Judges a batch and remembers its newest fix.
    public synchronized FixBatch.BatchResult accept(FixBatch batch) {
        var driver = batch.fixes().getFirst().driver();
        var outcome = batch.classify(states.get(driver), speedMax);
        put(driver, outcome.trackState());
        return outcome;
    }

    /// The hub's clock was set back to `nowMs`: what was heard later than that would be newer than anything that comes
    /// until the clock is there again, so it is forgotten.
    public synchronized void onClockSetBack(long nowMs) {
        states.values().removeIf(track -> track.newest().receivedAtMs() > nowMs);
    }

    /// Takes up again where a driver was before a restart, unless it was heard of since.
    public synchronized void restore(Fix fix) {
        if (!states.containsKey(fix.driver())) {
            put(fix.driver(), DriverTrackState.start(fix));
        }
    }

    /// The track of a driver, if remembered.
    public synchronized Optional<DriverTrackState> find(String driver) {
        return Optional.ofNullable(states.get(driver));
    }

    /// At most `max` drivers who were within `radiusMetres` of `place` by a fix that was recorded since `sinceMs`, the
    /// nearest first. Looks at every driver there is, so it is nothing for an event loop.
    public List<NearbyDriver> findNearby(Position place, double radiusMetres, long sinceMs, int max) {
        return copyStates().stream()
                .filter(track -> track.newest().recordedAtMs() >= sinceMs)
                .map(track -> new NearbyDriver(
                        track.newest(), place.metresTo(track.newest().position())))
                .filter(near -> near.metres <= radiusMetres)
                .sorted(Comparator.comparingDouble(NearbyDriver::metres))
                .limit(max)
                .toList();
    }

    private synchronized List<DriverTrackState> copyStates() {
        return new ArrayList<>(states.values());
    }

    private DriverTrackState put(String driver, DriverTrackState track) {
        states.putLast(driver, track);
        if (states.size() > driversMax) {
            states.pollFirstEntry();
        }
        return track;
    }
}
