package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/// By how much a band must be widened on both sides, as a part of the predicted time, so that it held four of five of
/// the last legs. This is split conformal prediction (H. Papadopoulos et al., "Inductive Confidence Machines for
/// Regression", 2002) over a sliding window. Written by one thread at a time; [#value] is read by any.
final class BandCorrection {

    static final double COVERAGE = 0.8;
    static final double LOW = (1 - COVERAGE) / 2;
    static final double HIGH = 1 - LOW;

    private static final int WINDOW = 500;
    private static final int LEGS_MIN = 50;

    private final double[] outside = new double[WINDOW];
    private int count;
    private volatile double correction;

    /// @param beyond how far the time was outside the uncorrected band, as a part of the predicted time; negative for
    ///     one inside
    void add(double beyond) {
        outside[count % WINDOW] = beyond;
        count = count == 2 * WINDOW - 1 ? WINDOW : count + 1; // full from here on, and in the same place of the window
        update();
    }

    private void update() {
        if (count >= LEGS_MIN) {
            var sorted = Arrays.copyOf(outside, Math.min(count, WINDOW));
            Arrays.sort(sorted);
            correction = sorted[Math.min(sorted.length - 1, (int) (COVERAGE * (sorted.length + 1)))];
        }
    }

    double value() {
        return correction;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(count);
        for (var i = 0; i < Math.min(count, WINDOW); i++) {
            out.writeFloat((float) outside[i]);
        }
    }

    void read(DataInput in) throws IOException {
        count = Math.clamp(in.readInt(), 0, 2 * WINDOW - 1);
        for (var i = 0; i < Math.min(count, WINDOW); i++) {
            outside[i] = in.readFloat();
        }
        update();
    }
}
