package waybill.eta;

/// By what factor the legs of one hour or of one driver differ from the others: the mean of the logarithms, drawn
/// towards 1 as if 20 average legs had been seen before. Not thread-safe.
final class ShrunkFactor {

    private static final int PRIOR_LEGS = 20;

    /// From here on a new leg counts as much as one of this many: what was long ago fades.
    private static final int LEGS_MAX = 2_000;

    /// One leg with a break in it must not move the factor much.
    private static final double LOGARITHM_MAX = 1;

    /// Shorter times are taken for this, or their logarithms would have no bound.
    private static final double MINUTES_MIN = 0.5;

    private double sum;
    private int legs;

    double value() {
        return Math.exp(sum / (legs + PRIOR_LEGS));
    }

    void add(double minutes, double predictedMinutes) {
        var logarithm = Math.log(Math.max(minutes, MINUTES_MIN) / Math.max(predictedMinutes, MINUTES_MIN));
        if (legs == LEGS_MAX) {
            sum -= sum / legs;
            legs--;
        }
        sum += Math.clamp(logarithm, -LOGARITHM_MAX, LOGARITHM_MAX);
        legs++;
    }
}
