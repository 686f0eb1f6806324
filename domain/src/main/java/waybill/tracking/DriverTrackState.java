package waybill.tracking;

import org.jspecify.annotations.Nullable;

/// What is known of one driver's way after a fix, and what that fix was taken for. Pure: the same fixes in the same
/// order give the same track.
///
/// The newest accepted fix only ever gets newer. A fix too far from it is suspected. If the next one is
/// near the suspect instead, then the driver really is there (a ferry, a tunnel, a wrong fix before) and is
/// believed again. A place that is said again to the last digit is a phone that is stuck, and speaks for nothing.
///
/// @param newest the newest fix that was accepted
/// @param suspectOrNone an implausible fix that nothing has spoken against yet
/// @param speed recent speed in metres per second, evened out; [Fix#UNKNOWN] while there is nothing to tell it from
/// @param status what the fix that led here was taken for
/// @param storedAtMs when the newest fix was recorded that goes into the history
/// @param isStored whether the fix that led here does
/// @param speedBaseline an accepted fix of a minute ago or less, from which the way that was made is measured
/// @param clock what is known of the phone's clock
public record DriverTrackState(
        Fix newest,
        @Nullable Fix suspectOrNone,
        double speed,
        FixStatus status,
        long storedAtMs,
        boolean isStored,
        Fix speedBaseline,
        PhoneClock clock) {

    /// In metres per second: faster than anything that delivers on the ground goes, slower than a fix that went astray.
    public static final double SPEED_MAX = 70;

    /// Of fixes that come one by one, those closer in time than this to one in the history add nothing to it.
    public static final long STORE_INTERVAL_MS = 1_000;

    /// How far off a fix may be that does not say its accuracy: a phone's among tall houses.
    private static final double ACCURACY_ASSUMED_METRES = 30;

    /// More inaccuracy than this excuses no jump, or a phone that claims enough of it could be anywhere.
    private static final double ACCURACY_MAX_METRES = 500;

    /// Fixes closer in time are judged as if this far apart: clocks of phones are coarse.
    private static final double GAP_MIN_SECONDS = 1;

    /// Over about this long is speed evened out.
    private static final double SPEED_SECONDS = 60;

    /// A way that was made in less time may be one fix that is off.
    private static final double PROVEN_SECONDS = 5;

    /// The track of a driver nobody knows yet. There is nothing to judge by, so the fix is believed.
    public static DriverTrackState start(Fix first) {
        return start(first, PhoneClock.ACCURATE);
    }

    static DriverTrackState start(Fix first, PhoneClock clock) {
        return new DriverTrackState(
                first, null, first.speed(), FixStatus.ACCEPTED, first.recordedAtMs(), true, first, clock);
    }

    /// The track after one more fix of the same driver.
    ///
    /// @param speedMax metres per second that nobody exceeds, such as [#SPEED_MAX]
    public DriverTrackState next(Fix fix, double speedMax) {
        return next(fix, speedMax, clock);
    }

    DriverTrackState next(Fix fix, double speedMax, PhoneClock by) {
        return fix.recordedAtMs() <= newest.recordedAtMs() ? afterStale(fix, by) : afterNewer(fix, speedMax, by);
    }

    /// The same for a fix that its phone did not date, and that goes by when it arrived: of several that arrive in one
    /// millisecond the last one is the newest.
    public DriverTrackState nextUndated(Fix fix, double speedMax) {
        return nextUndated(fix, speedMax, clock);
    }

    DriverTrackState nextUndated(Fix fix, double speedMax, PhoneClock by) {
        return fix.recordedAtMs() < newest.recordedAtMs() ? afterStale(fix, by) : afterNewer(fix, speedMax, by);
    }

    /// The same track, with what is now known of the clock.
    DriverTrackState withClock(PhoneClock known) {
        return new DriverTrackState(newest, suspectOrNone, speed, status, storedAtMs, isStored, speedBaseline, known);
    }

    /// How much the phone's clock is ahead of ours, in milliseconds, negative if it is behind; 0 if that is not worth a
    /// word to the driver.
    public long clockOffsetMs() {
        return clock.reportableOffsetMs();
    }

    private DriverTrackState afterStale(Fix fix, PhoneClock by) {
        return after(fix, newest, suspectOrNone, speed, FixStatus.STALE, by);
    }

    private DriverTrackState afterNewer(Fix fix, double speedMax, PhoneClock by) {
        var metres = newest.position().metresTo(fix.position());
        if (isPlausible(newest, fix, metres, speedMax)) {
            return after(fix, fix, null, speedAfter(fix, metres), FixStatus.ACCEPTED, by);
        }
        var suspect = suspectOrNone;
        if (suspect == null) {
            return after(fix, newest, fix, speed, FixStatus.IMPLAUSIBLE, by);
        }
        if (fix.recordedAtMs() <= suspect.recordedAtMs() || fix.position().equals(suspect.position())) {
            return after(fix, newest, suspect, speed, FixStatus.IMPLAUSIBLE, by); // it cannot speak for itself
        }
        if (isPlausible(suspect, fix, suspect.position().metresTo(fix.position()), speedMax)) {
            return after(fix, fix, null, fix.speed(), FixStatus.ACCEPTED, by);
        }
        return after(fix, newest, fix, speed, FixStatus.IMPLAUSIBLE, by);
    }

    private DriverTrackState after(
            Fix heard, Fix newer, @Nullable Fix suspect, double recentSpeed, FixStatus taken, PhoneClock by) {
        var keeps = Math.abs(heard.recordedAtMs() - storedAtMs) >= STORE_INTERVAL_MS;
        var kept = keeps ? Math.max(storedAtMs, heard.recordedAtMs()) : storedAtMs;
        return new DriverTrackState(newer, suspect, recentSpeed, taken, kept, keeps, paceFrom(newer, taken), by);
    }

    /// Where the way that is made is measured from: for a minute the same, and anew where it jumps.
    private Fix paceFrom(Fix newer, FixStatus taken) {
        if (taken != FixStatus.ACCEPTED) {
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

    /// A phone that says a speed may be wrong about it, most often by saying 0 all the time: a way that was made beyond
    /// all inaccuracy proves at least the speed that it takes.
    private double speedAfter(Fix fix, double metres) {
        var seconds = gapSeconds(newest, fix);
        var isSaid = Fix.isKnown(fix.speed());
        var seen = isSaid ? fix.speed() : metres / seconds;
        var evened = Fix.isKnown(speed) ? speed + (seen - speed) * -Math.expm1(-seconds / SPEED_SECONDS) : seen;
        return isSaid ? Math.max(evened, provenSpeed(fix)) : evened;
    }

    private double provenSpeed(Fix fix) {
        var made = speedBaseline.position().metresTo(fix.position());
        var seconds = gapSeconds(speedBaseline, fix);
        var isProven = seconds >= PROVEN_SECONDS && made > slackMetres(speedBaseline) + slackMetres(fix);
        return isProven ? made / seconds : 0;
    }
}
