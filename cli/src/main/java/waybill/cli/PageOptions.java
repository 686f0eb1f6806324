package waybill.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of the hub's pages.
final class PageOptions {

    @Option(
            names = "--basemap",
            paramLabel = "FILE",
            description = "the map behind the drivers of the dashboard, GeoJSON of streets, water, parks and buildings"
                    + " (default: none)")
    private @Nullable Path basemap;

    Optional<Path> basemap() {
        return Optional.ofNullable(basemap);
    }
}
