package waybill.eta;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;

/// How long a driver takes from one place to another.
///
/// @param travelMs the time that half of the drivers need
/// @param metres the length of the way, or of the straight line if the provider knows no roads
/// @param bandOrNone the time in which four of five arrive, if the provider knows it
/// @param path the way, from the first to the last point; empty if it was not asked for or is not known
/// @param source who computed it
public record Travel(long travelMs, double metres, @Nullable Band bandOrNone, List<Position> path, EtaSource source) {

    /// The times between which four of five travels end.
    public record Band(long lowMs, long highMs) {

        public Band {
            if (lowMs < 0 || highMs < lowMs) {
                throw new IllegalArgumentException(
                        "band: " + lowMs + ".." + highMs + " (expected: 0 or more, ascending)");
            }
        }
    }

    public Travel {
        if (travelMs < 0) {
            throw new IllegalArgumentException("travelMs: " + travelMs + " (expected: 0 or more)");
        }
        if (!(metres >= 0)) { // so written that NaN fails too
            throw new IllegalArgumentException("metres: " + metres + " (expected: 0 or more)");
        }
        path = List.copyOf(path);
    }

    /// A travel along roads whose band is not known.
    public static Travel routed(long travelMs, double metres, List<Position> path) {
        return new Travel(travelMs, metres, null, path, EtaSource.ROUTED);
    }
}
