package waybill.eta;

/// When a driver arrives at the last stop of a plan.
///
/// @param lowMs four of five arrivals are after this time and before `highMs`
/// @param metres the length of the last leg along the straight line
public record ArrivalEstimate(long arrivalMs, long lowMs, long highMs, double metres, EtaSource source) {

    /// A copy with the band widened on both sides, not before `nowMs`.
    ArrivalEstimate widened(double byMs, long nowMs) {
        var low = Math.clamp(lowMs - Math.round(byMs), Math.min(nowMs, arrivalMs), arrivalMs);
        return new ArrivalEstimate(arrivalMs, low, Math.max(arrivalMs, highMs + Math.round(byMs)), metres, source);
    }
}
