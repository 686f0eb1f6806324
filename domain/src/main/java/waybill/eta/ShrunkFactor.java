package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// By what factor the legs of one hour, of one driver or of one store differ from the others: the mean of the
/// logarithms, drawn towards 1 as if some average legs had been seen before. Not thread-safe.
final class ShrunkFactor {

    private static final int PRIOR_LEGS = 20;
    private static final double LOGARITHM_MAX = 1;

    /// From here on a new leg counts as much as one of this many: what was long ago fades.
    private static final int LEGS_MAX = 2_000;

    /// Shorter times are taken for this, or their logarithms would have no bound.
    private static final double MINUTES_MIN = 0.5;

    private final int priorLegs;
    private final double logarithmMax;
    private double sum;
    private int legs;

    ShrunkFactor() {
        this(PRIOR_LEGS, LOGARITHM_MAX);
    }

    /// @param priorLegs the average legs that count as seen before
    /// @param logarithmMax how far one leg moves the factor at most: one with a break in it must not move it much
    ShrunkFactor(int priorLegs, double logarithmMax) {
        this.priorLegs = priorLegs;
        this.logarithmMax = logarithmMax;
    }

    double value() {
        return Math.exp(sum / (legs + priorLegs));
    }

    void add(double minutes, double predictedMinutes) {
        var logarithm = Math.log(Math.max(minutes, MINUTES_MIN) / Math.max(predictedMinutes, MINUTES_MIN));
        if (legs == LEGS_MAX) {
            sum -= sum / legs;
            legs--;
        }
        sum += Math.clamp(logarithm, -logarithmMax, logarithmMax);
        legs++;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat((float) sum);
        out.writeShort(legs);
    }

    void read(DataInput in) throws IOException {
        sum = in.readFloat();
        legs = Math.clamp(in.readShort(), 0, LEGS_MAX);
    }
}
