package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/// How often a leg took how many minutes. Old legs fade: when it is full, all counts are halved. Not thread-safe.
final class TimeHistogram {

    /// A longer leg had a break in it.
    static final int MINUTES_MAX = 120;

    /// With one more, all counts are halved first.
    static final int LEGS_MAX = 8_192;

    private final int[] counts = new int[MINUTES_MAX + 1];
    private int total;

    void add(double minutes) {
        if (total == LEGS_MAX) {
            fade();
        }
        counts[Math.clamp(Math.round(minutes), 0, MINUTES_MAX)]++;
        total++;
    }

    private void fade() {
        total = 0;
        for (var i = 0; i < counts.length; i++) {
            counts[i] /= 2;
            total += counts[i];
        }
    }

    int total() {
        return total;
    }

    boolean isEmpty() {
        return total == 0;
    }

    /// The minutes within which that part of the legs ended, interpolated within a minute.
    double quantile(double part) {
        var wanted = part * total;
        var before = 0;
        for (var minute = 0; minute < counts.length; minute++) {
            if (counts[minute] > 0 && before + counts[minute] >= wanted) {
                return Math.max(0, minute - 0.5 + (wanted - before) / counts[minute]);
            }
            before += counts[minute];
        }
        return MINUTES_MAX;
    }

    void write(DataOutput out) throws IOException {
        for (var count : counts) {
            out.writeShort(count);
        }
    }

    void read(DataInput in) throws IOException {
        total = 0;
        for (var minute = 0; minute < counts.length; minute++) {
            counts[minute] = in.readUnsignedShort();
            total += counts[minute];
        }
    }
}
