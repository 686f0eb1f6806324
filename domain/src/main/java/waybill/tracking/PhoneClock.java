package waybill.tracking;

/// What is known of the clock of a driver's phone, by the fixes that it has dated. A clock that is ahead shows at once:
/// nothing is recorded after it has arrived. One that is behind looks like a phone that sends what it has gathered,
/// until
/// several fixes in a row are late by the same time, or by more than any phone gathers. A value.
///
/// @param offsetMs how much the clock is ahead of ours; negative if it is behind, 0 as long as it is taken for right
/// @param lagMs by how much the last fixes were late, if that was too much for a clock that is right; else 0
/// @param lagSinceMs when the first of those arrived
/// @param agreeingFixes how many have agreed with it since
public record PhoneClock(long offsetMs, long lagMs, long lagSinceMs, int agreeingFixes) {

    static final PhoneClock ACCURATE = new PhoneClock(0, 0, 0, 0);

    /// A clock that is off by less is not worth a word.
    static final long REPORTED_MIN_MS = 1_000;

    /// Late by more than this is no line that was away but a clock that is behind.
    static final long BUFFERED_MAX_MS = 30L * 24 * 60 * 60 * 1_000;

    /// Lags that differ by no more are the same lag.
    private static final long STEADY_MS = 2_000;

    /// For how long fixes must have the same lag for that to be the clock's.
    private static final long STEADY_FOR_MS = 5_000;

    /// How many fixes must agree with the first one.
    private static final int AGREEING_FIXES_MIN = 2;

    /// The clock after one more fix that it has dated.
    PhoneClock afterFix(long recordedAtMs, long receivedAtMs) {
        var lag = receivedAtMs - recordedAtMs;
        if (lag < 0) {
            var ageMs = lag + offsetMs;
            return ageMs >= 0 && ageMs <= Fix.LIVE_AGE_MAX_MS ? this : new PhoneClock(-lag, 0, 0, 0);
        }
        if (lag <= Fix.LIVE_AGE_MAX_MS) {
            return ACCURATE;
        }
        return offsetMs < 0 && lag + offsetMs >= -Fix.LIVE_AGE_MAX_MS
                ? new PhoneClock(Math.max(offsetMs, -lag), 0, 0, 0)
                : afterLateFix(lag, receivedAtMs);
    }

    /// The clock after a list of fixes. One that is late throughout tells nothing: that is what lists are for.
    PhoneClock afterBatch(long newestRecordedAtMs, long receivedAtMs) {
        var isLate = receivedAtMs - newestRecordedAtMs > Fix.LIVE_AGE_MAX_MS;
        return isLate && offsetMs >= 0 ? this : afterFix(newestRecordedAtMs, receivedAtMs);
    }

    private PhoneClock afterLateFix(long lag, long receivedAtMs) {
        if (lagMs == 0 || Math.abs(lag - lagMs) > STEADY_MS) {
            return new PhoneClock(0, lag, receivedAtMs, 0);
        }
        var isSteady = agreeingFixes + 1 >= AGREEING_FIXES_MIN && receivedAtMs - lagSinceMs >= STEADY_FOR_MS;
        return isSteady || lag > BUFFERED_MAX_MS
                ? new PhoneClock(-Math.min(lag, lagMs), 0, 0, 0)
                : new PhoneClock(0, lagMs, lagSinceMs, agreeingFixes + 1);
    }

    /// When that was by our clock; never after it arrived.
    long correctedMs(long recordedAtMs, long receivedAtMs) {
        return Math.max(0, Math.min(receivedAtMs, recordedAtMs - offsetMs));
    }

    boolean isOff() {
        return offsetMs != 0;
    }

    /// How much the driver should be told that the clock is ahead, or behind; 0 if there is nothing to tell.
    long reportableOffsetMs() {
        var offset = offsetMs == 0 && lagMs > BUFFERED_MAX_MS ? -lagMs : offsetMs;
        return Math.abs(offset) >= REPORTED_MIN_MS ? offset : 0;
    }
}
