package waybill.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import waybill.geo.Position;

/// Where a proof was recorded, as the device of the driver said. Rounded to what [ProofText] writes.
///
/// @param accuracyOrNone metres
/// @param recordedAtOrNone when the device determined the position
public record ProofPlace(
        Position position,
        @Nullable Double accuracyOrNone,
        @Nullable Instant recordedAtOrNone) {

    /// Seven decimal digits of a degree are a centimetre.
    static final int DEGREE_DIGITS = 7;

    static final int METRE_DIGITS = 2;

    public ProofPlace {
        position =
                new Position(rounded(position.latitude(), DEGREE_DIGITS), rounded(position.longitude(), DEGREE_DIGITS));
        accuracyOrNone = accuracyOrNone == null ? null : Double.valueOf(rounded(accuracyOrNone, METRE_DIGITS));
        recordedAtOrNone = recordedAtOrNone == null ? null : recordedAtOrNone.truncatedTo(ChronoUnit.MILLIS);
    }

    private static double rounded(double value, int digits) {
        var rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? 0 : rounded.doubleValue(); // never -0.0
    }
}
