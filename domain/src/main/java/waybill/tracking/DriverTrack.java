package waybill.tracking;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;

/// The track of one driver: classifies its fixes, one after the other. Changed by one thread at a time; its state
/// may be read by any.
public final class DriverTrack {

    private final double speedMax;
    private volatile @Nullable DriverTrackState stateOrNone;
    private volatile boolean isReportedHere;

    /// @param speedMax as in [DriverTrackState#next]
    public DriverTrack(double speedMax) {
        this.speedMax = speedMax;
    }

    /// The state after the last fix. Null without a fix.
    public @Nullable DriverTrackState stateOrNone() {
        return stateOrNone;
    }

    public Optional<DriverTrackState> state() {
        return Optional.ofNullable(stateOrNone);
    }

    /// Whether this node has received the last fix from the driver itself, and did not follow or restore it.
    public boolean isReportedHere() {
        return isReportedHere;
    }

    /// Classifies a fix. The new state has its status.
    public DriverTrackState accept(Fix fix) {
        var before = stateOrNone;
        return report(before == null ? DriverTrackState.start(fix) : before.next(fix, speedMax));
    }

    /// Accepts a fix without a timestamp, as in [DriverTrackState#nextUndated].
    public DriverTrackState acceptUndated(Fix fix) {
        var before = stateOrNone;
        return report(before == null ? DriverTrackState.start(fix) : before.nextUndated(fix, speedMax));
    }

    /// Accepts a fix with a timestamp of the phone's clock, which may be wrong: the time is corrected to the hub's
    /// clock. Fixes with the same corrected time are classified in order of arrival.
    ///
    /// @param recordedAtMs the time of the fix by the phone's clock
    public DriverTrackState acceptDated(
            String driver,
            Position position,
            double heading,
            double speed,
            double accuracy,
            long recordedAtMs,
            long receivedAtMs) {
        var before = stateOrNone;
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
            return report(DriverTrackState.start(fix, clock));
        }
        return report(clock.isOff() ? before.nextUndated(fix, speedMax, clock) : before.next(fix, speedMax, clock));
    }

    /// How far the phone's clock is ahead of the hub's: the time to subtract from the timestamps of a batch, the
    /// newest of which is `newestRecordedAtMs`. It is stored for a known driver.
    public long clockOffsetMs(long newestRecordedAtMs, long receivedAtMs) {
        var before = stateOrNone;
        var previous = before == null ? PhoneClock.ACCURATE : before.clock();
        var clock = previous.afterBatch(newestRecordedAtMs, receivedAtMs);
        if (before != null && !clock.equals(previous)) {
            become(before.withClock(clock));
        }
        return clock.offsetMs();
    }

    /// Classifies a batch. The result has the new state.
    public FixBatch.BatchResult accept(FixBatch batch) {
        var outcome = batch.classify(stateOrNone, speedMax);
        report(outcome.trackState());
        return outcome;
    }

    /// Starts with a stored fix, unless there is a newer one.
    public DriverTrackState restore(Fix fix) {
        var before = stateOrNone;
        return before == null ? become(DriverTrackState.start(fix)) : before;
    }

    /// Takes over a fix that another node has accepted, if it is newer than all that are known here. False if it is
    /// not.
    public boolean follow(Fix fix) {
        var before = stateOrNone;
        if (before != null && fix.recordedAtMs() <= before.newest().recordedAtMs()) {
            return false;
        }
        become(before == null ? DriverTrackState.start(fix) : before.next(fix, Double.POSITIVE_INFINITY));
        isReportedHere = false;
        return true;
    }

    private DriverTrackState report(DriverTrackState next) {
        isReportedHere = true;
        return become(next);
    }

    private DriverTrackState become(DriverTrackState next) {
        stateOrNone = next;
        return next;
    }
}
