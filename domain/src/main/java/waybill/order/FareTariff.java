package waybill.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// What a driver earns with a delivery of which no fare was given: a base, and more for its length and its duration.
/// All amounts are in minor units of the currency.
public record FareTariff(long base, long perKm, long perMinute, String currency) {

    /// Of each of the three amounts.
    public static final long AMOUNT_MAX = 1_000_000_000;

    private static final BigDecimal METRES_PER_KM = BigDecimal.valueOf(1_000);
    private static final BigDecimal MINUTE_MS =
            BigDecimal.valueOf(Duration.ofMinutes(1).toMillis());
    private static final int SCALE = 6;

    public FareTariff {
        requireAmount("base", base);
        requireAmount("perKm", perKm);
        requireAmount("perMinute", perMinute);
        currency = new Money(0, currency).currency(); // which checks it
    }

    private static void requireAmount(String name, long amount) {
        if (amount < 0 || amount > AMOUNT_MAX) {
            throw new IllegalArgumentException(name + ": " + amount + " (expected: 0.." + AMOUNT_MAX + ")");
        }
    }

    /// The fare of a way of this length that takes this time, to the nearest minor unit, half a unit upwards. A part
    /// of a kilometre or of a minute counts in part.
    ///
    /// @param metres from the pickup to the dropoff
    public Money fare(double metres, Duration time) {
        var length = share(BigDecimal.valueOf(Math.max(0, metres)), METRES_PER_KM, perKm);
        var duration = share(BigDecimal.valueOf(Math.max(0, time.toMillis())), MINUTE_MS, perMinute);
        var total = BigDecimal.valueOf(base).add(length).add(duration);
        return new Money(total.setScale(0, RoundingMode.HALF_UP).longValueExact(), currency);
    }

    private static BigDecimal share(BigDecimal amount, BigDecimal unit, long perUnit) {
        return amount.multiply(BigDecimal.valueOf(perUnit)).divide(unit, SCALE, RoundingMode.HALF_UP);
    }
}
