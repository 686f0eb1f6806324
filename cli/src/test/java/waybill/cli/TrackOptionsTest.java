package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import waybill.server.DatabaseConfig;
import waybill.server.TrackConfig;

class TrackOptionsTest {

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
}
