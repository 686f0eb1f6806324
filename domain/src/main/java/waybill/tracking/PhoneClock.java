package waybill.tracking;

/// The estimated offset of a phone's clock, from the timestamps of its fixes. A clock that is ahead shows at once: no
/// fix is recorded after it has arrived. A clock that is behind looks like a phone that sends buffered fixes, until
/// several fixes in a row are late by the same time, or by more than any phone buffers.
///
/// @param offsetMs how far the clock is ahead of the hub's; negative if it is behind, 0 while it is taken for accurate
/// @param lagMs by how much the last fixes were late, if that was too much for an accurate clock; else 0
/// @param lagSinceMs when the first of those arrived
/// @param agreeingFixes how many fixes have had the same lag since
public record PhoneClock(long offsetMs, long lagMs, long lagSinceMs, int agreeingFixes) {

    static final PhoneClock ACCURATE = new PhoneClock(0, 0, 0, 0);

    /// Smaller offsets are not reported.
    static final long REPORTED_MIN_MS = 1_000;

    /// A fix that is later than this was not buffered: the clock is behind.
    static final long BUFFERED_MAX_MS = 30L * 24 * 60 * 60 * 1_000;

    /// Lags that differ by at most this count as the same.
    private static final long STEADY_MS = 2_000;

    /// How long fixes must have the same lag for it to count as a clock offset.
    private static final long STEADY_FOR_MS = 5_000;

    /// How many fixes must have the same lag as the first one.
    private static final int AGREEING_FIXES_MIN = 2;

    /// The estimate after one more fix with a timestamp.
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

    /// The estimate after a batch. A batch that is late throughout proves nothing, since batches are for buffered
    /// fixes.
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

    /// The time by the hub's clock; never after the arrival.
    long correctedMs(long recordedAtMs, long receivedAtMs) {
        return Math.max(0, Math.min(receivedAtMs, recordedAtMs - offsetMs));
    }

    boolean isOff() {
        return offsetMs != 0;
    }

    /// The offset to report to the driver; 0 if it is too small.
    long reportableOffsetMs() {
        var offset = offsetMs == 0 && lagMs > BUFFERED_MAX_MS ? -lagMs : offsetMs;
        return Math.abs(offset) >= REPORTED_MIN_MS ? offset : 0;
    }
}
