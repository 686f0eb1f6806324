package waybill.cli;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Option;
import waybill.hub.dispatch.DispatchSettings;

/// The options of how drivers are asked to deliver orders.
final class DispatchOptions {

    private static final DispatchSettings DEFAULTS = DispatchSettings.defaults();

    @Option(
            names = "--dispatch",
            paramLabel = "STRATEGY",
            description = "which drivers are asked to deliver an order: matching (of all orders and drivers, the best"
                    + " one), nearest, cascade (one after the other), wave (a few at a time), multicast (all within"
                    + " a radius) or off (all, without a deadline) (default: matching)")
    private String strategy = DEFAULTS.strategy().wireName();

    @Option(
            names = "--offer-timeout",
            paramLabel = "TIME",
            description = "how long a driver has to answer before the next one is asked (default: 30s)")
    private Duration offerTimeout = DEFAULTS.offerTimeout();

    @Option(
            names = "--wave-size",
            paramLabel = "N",
            description = "drivers that the first wave asks; the second asks twice as many (default: ${DEFAULT-VALUE})")
    private int waveSize = DEFAULTS.waveSize();

    @Option(
            names = "--dispatch-radius",
            paramLabel = "METRES",
            description = "how far from the store the drivers of a multicast are (default: ${DEFAULT-VALUE})")
    private double radiusMetres = DEFAULTS.radiusMetres();

    DispatchSettings settings() {
        return new DispatchSettings(
                DispatchSettings.Strategy.parse(strategy.toLowerCase(Locale.ROOT)),
                offerTimeout,
                waveSize,
                radiusMetres);
    }
}
