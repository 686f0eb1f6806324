package waybill.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.order.FareTariff;

/// The tariff of fares that no sender gives.
final class FareOptions {

    @Option(
            names = "--fare-base",
            paramLabel = "N",
            description = "what a driver earns with a delivery whose fare is not given, in minor units (default: 0; no"
                    + " fare without one of the three options)")
    private long base;

    @Option(
            names = "--fare-per-km",
            paramLabel = "N",
            description =
                    "how much more for each kilometre from the pickup to the dropoff, in minor units (default: 0)")
    private long perKm;

    @Option(
            names = "--fare-per-minute",
            paramLabel = "N",
            description = "how much more for each minute of the way, in minor units (default: 0)")
    private long perMinute;

    @Option(
            names = "--fare-currency",
            paramLabel = "CODE",
            description = "the currency of these fares (default: that of --currency)")
    private @Nullable String currency;

    /// Empty without a fare option.
    Optional<FareTariff> tariff(String defaultCurrency) {
        return base == 0 && perKm == 0 && perMinute == 0
                ? Optional.empty()
                : Optional.of(new FareTariff(base, perKm, perMinute, currency == null ? defaultCurrency : currency));
    }
}
