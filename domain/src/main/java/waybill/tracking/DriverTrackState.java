package waybill.tracking;

import org.jspecify.annotations.Nullable;

/// The state of one driver's track after a fix, and the status of that fix. Pure: the same fixes in the same order give
/// the same state.
///
/// The newest accepted fix only ever gets newer. A fix too far from it becomes a suspect. If the next fix is near the
/// suspect, the driver really is there (a ferry, a tunnel, a wrong fix before) and the fix is accepted. A fix that
/// repeats the suspect's position exactly comes from a stuck phone and confirms nothing.
///
/// @param newest the newest fix that was accepted
/// @param suspectOrNone an implausible fix that no later fix has contradicted
/// @param speed smoothed recent speed in metres per second; [Fix#UNKNOWN] until it can be computed
/// @param status the status of the fix that led to this state
/// @param storedAtMs the timestamp of the newest fix in the history
/// @param isStored whether the fix that led to this state belongs in the history
/// @param speedBaseline an accepted fix of at most a minute ago, from which the distance driven is measured
/// @param clock the estimated offset of the phone's clock
public record DriverTrackState(
        Fix newest,
        @Nullable Fix suspectOrNone,
        double speed,
        FixStatus status,
        long storedAtMs,
        boolean isStored,
        Fix speedBaseline,
        PhoneClock clock) {

    /// In metres per second: faster than any delivery on the ground, slower than a wrong fix.
    public static final double SPEED_MAX = 70;

    /// Single fixes closer in time than this to one in the history are not stored.
    public static final long STORE_INTERVAL_MS = 1_000;

    /// The assumed accuracy of a fix without one: a phone's among tall buildings.
    private static final double ACCURACY_ASSUMED_METRES = 30;

    /// The accuracy that a plausibility check allows for at most, or a phone that claims enough of it could be
    /// anywhere.
    private static final double ACCURACY_MAX_METRES = 500;

    /// Fixes closer in time are classified as if this far apart: phones' clocks are coarse.
    private static final double GAP_MIN_SECONDS = 1;

    /// The time constant of the smoothed speed.
    private static final double SPEED_SECONDS = 60;

    /// A distance driven in less time may result from one wrong fix.
    private static final double PROVEN_SECONDS = 5;

    /// The state of a new driver. The first fix is accepted unchecked.
    public static DriverTrackState start(Fix first) {
        return start(first, PhoneClock.ACCURATE);
    }

    static DriverTrackState start(Fix first, PhoneClock clock) {
        return new DriverTrackState(
                first, null, first.speed(), FixStatus.ACCEPTED, first.recordedAtMs(), true, first, clock);
    }

    /// The state after one more fix of the same driver.
    ///
    /// @param speedMax the greatest plausible speed in metres per second, such as [#SPEED_MAX]
    public DriverTrackState next(Fix fix, double speedMax) {
        return next(fix, speedMax, clock);
    }

    DriverTrackState next(Fix fix, double speedMax, PhoneClock nextClock) {
        return fix.recordedAtMs() <= newest.recordedAtMs()
                ? afterStale(fix, nextClock)
                : afterNewer(fix, speedMax, nextClock);
    }

    /// The state after a fix without a timestamp, which counts as recorded on arrival: of several that arrive in one
    /// millisecond the last one is the newest.
    public DriverTrackState nextUndated(Fix fix, double speedMax) {
        return nextUndated(fix, speedMax, clock);
    }

    DriverTrackState nextUndated(Fix fix, double speedMax, PhoneClock nextClock) {
        return fix.recordedAtMs() < newest.recordedAtMs()
                ? afterStale(fix, nextClock)
                : afterNewer(fix, speedMax, nextClock);
    }

    DriverTrackState withClock(PhoneClock value) {
        return new DriverTrackState(newest, suspectOrNone, speed, status, storedAtMs, isStored, speedBaseline, value);
    }

    /// How far the phone's clock is ahead of the hub's, in milliseconds, negative if it is behind; 0 if that is too
    /// little to report to the driver.
    public long clockOffsetMs() {
        return clock.reportableOffsetMs();
    }

    private DriverTrackState afterStale(Fix fix, PhoneClock nextClock) {
        return after(fix, newest, suspectOrNone, speed, FixStatus.STALE, nextClock);
    }

    private DriverTrackState afterNewer(Fix fix, double speedMax, PhoneClock nextClock) {
        var metres = newest.position().metresTo(fix.position());
        if (isPlausible(newest, fix, metres, speedMax)) {
            return after(fix, fix, null, speedAfter(fix, metres), FixStatus.ACCEPTED, nextClock);
        }
        var suspect = suspectOrNone;
        if (suspect == null) {
            return after(fix, newest, fix, speed, FixStatus.IMPLAUSIBLE, nextClock);
        }
        if (fix.recordedAtMs() <= suspect.recordedAtMs() || fix.position().equals(suspect.position())) {
            return after(fix, newest, suspect, speed, FixStatus.IMPLAUSIBLE, nextClock); // it does not confirm itself
        }
        if (isPlausible(suspect, fix, suspect.position().metresTo(fix.position()), speedMax)) {
            return after(fix, fix, null, fix.speed(), FixStatus.ACCEPTED, nextClock);
        }
        return after(fix, newest, fix, speed, FixStatus.IMPLAUSIBLE, nextClock);
    }

    private DriverTrackState after(
            Fix fix,
            Fix nextNewest,
            @Nullable Fix suspect,
            double nextSpeed,
            FixStatus nextStatus,
            PhoneClock nextClock) {
        var stores = Math.abs(fix.recordedAtMs() - storedAtMs) >= STORE_INTERVAL_MS;
        var nextStoredAtMs = stores ? Math.max(storedAtMs, fix.recordedAtMs()) : storedAtMs;
        return new DriverTrackState(
                nextNewest,
                suspect,
                nextSpeed,
                nextStatus,
                nextStoredAtMs,
                stores,
                nextSpeedBaseline(nextNewest, nextStatus),
                nextClock);
    }

    /// The baseline stays the same for a minute, and is replaced after a jump.
    private Fix nextSpeedBaseline(Fix newer, FixStatus nextStatus) {
        if (nextStatus != FixStatus.ACCEPTED) {
            return speedBaseline;
        }
        if (suspectOrNone != null) {
            return newer;
        }
        return newer.recordedAtMs() - speedBaseline.recordedAtMs() <= SPEED_SECONDS * 1_000 ? speedBaseline : newest;
    }

    private static boolean isPlausible(Fix from, Fix to, double metres, double speedMax) {
        return metres - slackMetres(from) - slackMetres(to) <= speedMax * gapSeconds(from, to);
    }

    private static double slackMetres(Fix fix) {
        return Fix.isKnown(fix.accuracy()) ? Math.min(fix.accuracy(), ACCURACY_MAX_METRES) : ACCURACY_ASSUMED_METRES;
    }

    private static double gapSeconds(Fix from, Fix to) {
        return Math.max(GAP_MIN_SECONDS, (to.recordedAtMs() - from.recordedAtMs()) / 1_000.0);
    }

    /// A phone may report a wrong speed, most often 0 all the time: a distance driven beyond all inaccuracy proves a
    /// minimum speed.
    private double speedAfter(Fix fix, double metres) {
        var seconds = gapSeconds(newest, fix);
        var isReported = Fix.isKnown(fix.speed());
        var measured = isReported ? fix.speed() : metres / seconds;
        var smoothed =
                Fix.isKnown(speed) ? speed + (measured - speed) * (1 - Math.exp(-seconds / SPEED_SECONDS)) : measured;
        return isReported ? Math.max(smoothed, provenSpeed(fix)) : smoothed;
    }

    private double provenSpeed(Fix fix) {
        var driven = speedBaseline.position().metresTo(fix.position());
        var seconds = gapSeconds(speedBaseline, fix);
        var isProven = seconds >= PROVEN_SECONDS && driven > slackMetres(speedBaseline) + slackMetres(fix);
        return isProven ? driven / seconds : 0;
    }
}
