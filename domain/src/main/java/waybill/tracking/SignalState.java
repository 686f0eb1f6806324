package waybill.tracking;

/// Whether the signal of one driver is lost, as its viewers were told. A lost signal is regained when positions keep
/// coming: by a live one that follows another within the time in which a position becomes stale. So a phone that gets
/// one position through now and then is lost once, and not once for each of them.
///
/// Times are milliseconds of a clock that is never set.
///
/// @param seenMs when the newest position was recorded
public record SignalState(long seenMs, boolean isLost) {

    /// The state after one more position.
    public SignalState afterFix(long recordedMs, long nowMs, SignalPolicy policy) {
        if (recordedMs <= seenMs) {
            return this;
        }
        var isSteady =
                recordedMs - seenMs <= policy.staleAfter().toMillis() && policy.of(nowMs - recordedMs) == Signal.LIVE;
        return new SignalState(recordedMs, isLost && !isSteady);
    }

    /// The state at a time without one.
    public SignalState at(long nowMs, SignalPolicy policy) {
        return isLost || policy.of(nowMs - seenMs) != Signal.LOST ? this : new SignalState(seenMs, true);
    }
}
