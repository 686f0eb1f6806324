package waybill.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.rest.link.LinkSettings;

/// The options of public links to orders.
final class LinkOptions {

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "the address by which browsers reach the hub, for public links to orders:"
                    + " https://track.example (default: the host of a request, if it is allowed)")
    private @Nullable String publicUrl;

    @Option(
            names = "--link-expires-in",
            paramLabel = "TIME",
            description = "when a public link to an order expires that is created without a time, at most 168h"
                    + " (default: 24h)")
    private Duration expiresIn = LinkSettings.defaults().expiresIn();

    LinkSettings settings() {
        return new LinkSettings(publicUrl, expiresIn);
    }
}
