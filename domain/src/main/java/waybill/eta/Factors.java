package waybill.eta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/// How factors by name are written.
final class Factors {

    private Factors() {}

    static void write(Map<String, ShrunkFactor> factors, DataOutput out) throws IOException {
        out.writeInt(factors.size());
        for (var entry : factors.entrySet()) {
            out.writeUTF(entry.getKey());
            entry.getValue().write(out);
        }
    }

    /// @param max the most there may be
    static void read(SequencedMap<String, ShrunkFactor> factors, int max, Supplier<ShrunkFactor> average, DataInput in)
            throws IOException {
        var count = in.readInt();
        if (count < 0 || count > max) {
            throw new IOException("factors: " + count + " (expected: 0.." + max + ")");
        }
        for (var i = 0; i < count; i++) {
            var factor = average.get();
            var name = in.readUTF();
            factor.read(in);
            factors.putLast(name, factor);
        }
    }
}
