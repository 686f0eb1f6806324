package waybill.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.TrackConfig;

/// The options of the positions of drivers that are stored.
final class TrackOptions {

    @Option(
            names = "--tracks",
            paramLabel = "STORE",
            description =
                    "where the positions of drivers are stored: sqlite, a file in the data directory with those that"
                            + " this node has received, or postgresql, the database of --database with those of all nodes"
                            + " (default: beside the orders)")
    private @Nullable String store;

    TrackConfig config() {
        return new TrackConfig(Optional.ofNullable(store).map(TrackOptions::place));
    }

    private static TrackConfig.Place place(String text) {
        return switch (text) {
            case "sqlite" -> TrackConfig.Place.SQLITE;
            case "postgresql" -> TrackConfig.Place.POSTGRESQL;
            default -> throw new IllegalArgumentException("tracks: " + text + " (expected: sqlite or postgresql)");
        };
    }
}
