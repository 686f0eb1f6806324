package waybill.eta;

import java.util.Arrays;

/// By how much a band must be widened on both sides, as a part of the predicted time, so that it held four of five of
/// the last legs. This is split conformal prediction (H. Papadopoulos et al., "Inductive Confidence Machines for
/// Regression", 2002) over a sliding window. Not thread-safe.
final class BandCorrection {

    static final double COVERAGE = 0.8;

    private static final int WINDOW = 500;
    private static final int LEGS_MIN = 50;

    private final double[] outside = new double[WINDOW];
    private int count;
    private double correction;

    /// @param beyond how far the time was outside the uncorrected band, as a part of the predicted time; negative for
    ///     one inside
    void add(double beyond) {
        outside[count % WINDOW] = beyond;
        count++;
        if (count >= LEGS_MIN) {
            var sorted = Arrays.copyOf(outside, Math.min(count, WINDOW));
            Arrays.sort(sorted);
            correction = sorted[Math.min(sorted.length - 1, (int) (COVERAGE * (sorted.length + 1)))];
        }
    }

    double value() {
        return correction;
    }
}
