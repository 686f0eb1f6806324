package waybill.cli;

import picocli.CommandLine.Option;
import waybill.server.IntegrationSettings;

/// The options of what other systems send to the hub.
final class IntegrationOptions {

    @Option(
            names = "--emit-rate",
            paramLabel = "N",
            description = "events that one caller emits to clients over REST per second, 0 for no limit (default:"
                    + " ${DEFAULT-VALUE})")
    private int emitRate = IntegrationSettings.EMITS_PER_SECOND;

    IntegrationSettings settings() {
        return IntegrationSettings.defaults().withEmitsPerSecond(emitRate);
    }
}
