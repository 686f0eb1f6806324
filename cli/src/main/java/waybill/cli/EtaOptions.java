package waybill.cli;

import java.time.Duration;
import picocli.CommandLine.Option;
import waybill.server.EtaConfig;

/// The options of times of arrival.
final class EtaOptions {

    @Option(
            names = "--delay-after",
            paramLabel = "TIME",
            description = "how late an order is expected when order:delayed is sent, 0 for never (default: 5m)")
    private Duration delayAfter = EtaConfig.defaults().delayAfter();

    EtaConfig config() {
        return new EtaConfig(delayAfter);
    }
}
