package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.server.DatabaseConfig;
import waybill.server.TrackConfig;

class TrackOptionsTest {

    @TempDir
    private Path folder = Path.of("");

    @CommandLine.Command
    private static final class Parsed {
        @CommandLine.Mixin
        private TrackOptions options = new TrackOptions();
    }

    private static TrackConfig config(String... arguments) {
        var parsed = new Parsed();
        new CommandLine(parsed).parseArgs(arguments);
        return parsed.options.config();
    }

    @Test
    void positionsAreBesideTheOrdersUnlessAPlaceIsNamed() {
        assertThat(config()).isEqualTo(TrackConfig.defaults());
        assertThat(config("--tracks", "sqlite").place()).contains(TrackConfig.Place.SQLITE);
        assertThat(config("--tracks", "postgresql").place()).contains(TrackConfig.Place.POSTGRESQL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("--tracks", "files"))
                .withMessage("tracks: files (expected: sqlite or postgresql)");
    }

    @Test
    void positionsInTheDatabaseNeedOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseConfig.defaults().withTracks(config("--tracks", "postgresql")))
                .withMessage("tracks: postgresql without a database (expected: sqlite, or --database)");
        var database = new DatabaseConfig(Optional.of("postgresql://hub@db/waybill"), Optional.empty());
        assertThat(database.withTracks(config("--tracks", "postgresql"))
                        .tracks()
                        .place())
                .contains(TrackConfig.Place.POSTGRESQL);
    }

    @Test
    void aTopicHasItsServersAndTheirPropertiesInAFile() throws IOException {
        var file = Files.writeString(folder.resolve("kafka"), "security.protocol=SASL_SSL\nsasl.jaas.config=secret\n");
        var topic = config("--tracks-kafka", "a:9092,b:9092", "--tracks-kafka-file", file.toString())
                .topic()
                .orElseThrow();
        assertThat(topic)
                .isEqualTo(new TrackConfig.Topic(
                        "a:9092,b:9092",
                        "waybill.positions",
                        Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret")))
                .hasToString("the topic waybill.positions on a:9092,b:9092");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("--tracks-kafka-file", file.toString()))
                .withMessage("tracks-kafka: missing beside --tracks-kafka-file (expected: host:port)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config("--tracks-kafka", "a:9092", "--tracks-kafka-file", "absent"))
                .withMessage("tracks-kafka-file: absent cannot be read (expected: a file of properties)");
    }
}
