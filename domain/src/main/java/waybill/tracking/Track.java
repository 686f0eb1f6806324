package waybill.tracking;

import org.jspecify.annotations.Nullable;

/// What is known of one driver's way after a fix, and what that fix was taken for. Pure: the same fixes in the same
/// order give the same track.
///
/// The newest accepted fix only ever gets newer. A fix too far from it is suspected. If the next one is
/// near the suspect instead, then the driver really is there (a ferry, a tunnel, a wrong fix before) and is
/// believed again.
///
/// @param newest the newest fix that was accepted
/// @param suspectOrNone an implausible fix that nothing has spoken against yet
/// @param speed recent speed in metres per second, evened out; [Fix#NOT_SAID] while there is nothing to tell it from
/// @param verdict what the fix that led here was taken for
/// @param keptAtMs when the newest fix was recorded that goes into the history
/// @param isKept whether the fix that led here does
public record Track(
        Fix newest, @Nullable Fix suspectOrNone, double speed, Verdict verdict, long keptAtMs, boolean isKept) {

    /// In metres per second: faster than anything that delivers on the ground goes, slower than a fix that went astray.
    public static final double SPEED_MAX = 70;

    /// Of fixes that come one by one, those closer in time than this to one in the history add nothing to it.
    public static final long KEPT_EVERY_MS = 1_000;

    /// How far off a fix may be that does not say its accuracy: a phone's among tall houses.
    private static final double ACCURACY_ASSUMED_METRES = 30;

    /// More inaccuracy than this excuses no jump, or a phone that claims enough of it could be anywhere.
    private static final double ACCURACY_MAX_METRES = 500;

    /// Fixes closer in time are judged as if this far apart: clocks of phones are coarse.
    private static final double GAP_MIN_SECONDS = 1;

    /// Over about this long is speed evened out.
    private static final double SPEED_SECONDS = 60;

    /// The track of a driver nobody knows yet. There is nothing to judge by, so the fix is believed.
    public static Track begin(Fix first) {
        return new Track(first, null, first.speed(), Verdict.ACCEPTED, first.recordedAtMs(), true);
    }

    /// The track after one more fix of the same driver.
    ///
    /// @param speedMax metres per second that nobody exceeds, such as [#SPEED_MAX]
    public Track next(Fix fix, double speedMax) {
        return fix.recordedAtMs() <= newest.recordedAtMs() ? afterStale(fix) : afterNewer(fix, speedMax);
    }

    /// The same for a fix that its phone did not date, and that goes by when it arrived: of several that arrive in one
    /// millisecond the last one is the newest.
    public Track nextUndated(Fix fix, double speedMax) {
        return fix.recordedAtMs() < newest.recordedAtMs() ? afterStale(fix) : afterNewer(fix, speedMax);
    }

    private Track afterStale(Fix fix) {
        return after(fix, newest, suspectOrNone, speed, Verdict.STALE);
    }

    private Track afterNewer(Fix fix, double speedMax) {
        var metres = newest.position().metresTo(fix.position());
        if (isPlausible(newest, fix, metres, speedMax)) {
            return after(fix, fix, null, speedAfter(fix, metres), Verdict.ACCEPTED);
        }
        var suspect = suspectOrNone;
        if (suspect == null) {
            return after(fix, newest, fix, speed, Verdict.IMPLAUSIBLE);
        }
        if (fix.recordedAtMs() <= suspect.recordedAtMs()) { // the suspect again cannot speak for itself
            return after(fix, newest, suspect, speed, Verdict.IMPLAUSIBLE);
        }
        if (isPlausible(suspect, fix, suspect.position().metresTo(fix.position()), speedMax)) {
            return after(fix, fix, null, fix.speed(), Verdict.ACCEPTED);
        }
        return after(fix, newest, fix, speed, Verdict.IMPLAUSIBLE);
    }

    private Track after(Fix heard, Fix newer, @Nullable Fix suspect, double recentSpeed, Verdict taken) {
        var keeps = Math.abs(heard.recordedAtMs() - keptAtMs) >= KEPT_EVERY_MS;
        var kept = keeps ? Math.max(keptAtMs, heard.recordedAtMs()) : keptAtMs;
        return new Track(newer, suspect, recentSpeed, taken, kept, keeps);
    }

    private static boolean isPlausible(Fix from, Fix to, double metres, double speedMax) {
        return metres - slackMetres(from) - slackMetres(to) <= speedMax * gapSeconds(from, to);
    }

    private static double slackMetres(Fix fix) {
        return Fix.isSaid(fix.accuracy()) ? Math.min(fix.accuracy(), ACCURACY_MAX_METRES) : ACCURACY_ASSUMED_METRES;
    }

    private static double gapSeconds(Fix from, Fix to) {
        return Math.max(GAP_MIN_SECONDS, (to.recordedAtMs() - from.recordedAtMs()) / 1_000.0);
    }

    private double speedAfter(Fix fix, double metres) {
        var seconds = gapSeconds(newest, fix);
        var seen = Fix.isSaid(fix.speed()) ? fix.speed() : metres / seconds;
        return Fix.isSaid(speed) ? speed + (seen - speed) * -Math.expm1(-seconds / SPEED_SECONDS) : seen;
    }
}
