package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
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

    @Option(
            names = "--tracks-kafka",
            paramLabel = "HOST:PORT",
            description =
                    "write the positions of drivers to a topic of Kafka too; several servers with commas (default:"
                            + " they are not)")
    private @Nullable String servers;

    @Option(
            names = "--tracks-topic",
            paramLabel = "NAME",
            description = "the topic of --tracks-kafka (default: ${DEFAULT-VALUE})")
    private String topic = "waybill.positions";

    @Option(
            names = "--tracks-kafka-file",
            paramLabel = "FILE",
            description = "file with properties of the producer of Kafka, such as security.protocol (default: its own"
                    + " defaults)")
    private @Nullable Path file;

    TrackConfig config() {
        return new TrackConfig(Optional.ofNullable(store).map(TrackOptions::place), topic());
    }

    private static TrackConfig.Place place(String text) {
        return switch (text) {
            case "sqlite" -> TrackConfig.Place.SQLITE;
            case "postgresql" -> TrackConfig.Place.POSTGRESQL;
            default -> throw new IllegalArgumentException("tracks: " + text + " (expected: sqlite or postgresql)");
        };
    }

    private Optional<TrackConfig.Topic> topic() {
        if (servers == null) {
            if (file != null) {
                throw new IllegalArgumentException(
                        "tracks-kafka: missing beside --tracks-kafka-file (expected: host:port)");
            }
            return Optional.empty();
        }
        return Optional.of(new TrackConfig.Topic(servers, topic, file == null ? Map.of() : properties(file)));
    }

    private static Map<String, String> properties(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | UncheckedIOException _) {
            throw new IllegalArgumentException(
                    "tracks-kafka-file: " + file + " cannot be read (expected: a file of properties)");
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }
}
