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

class DatabaseOptionsTest {

    private static final String URL = "postgresql://hub@db/waybill";
    private static final String URL_WITH_PASSWORD = "postgresql://hub:secret@db/waybill";

    @TempDir
    private Path folder;

    @CommandLine.Command
    private static final class Parsed {
        @CommandLine.Mixin
        private DatabaseOptions options = new DatabaseOptions();
    }

    private static DatabaseConfig config(Map<String, String> environment, String... arguments) {
        var parsed = new Parsed();
        new CommandLine(parsed).parseArgs(arguments);
        return parsed.options.config(environment);
    }

    @Test
    void withoutAnUrlDataIsInTheDataDirectory() {
        assertThat(config(Map.of())).isEqualTo(DatabaseConfig.defaults());
    }

    @Test
    void thePasswordIsThatOfTheVariableOrOfTheFile() throws IOException {
        var file = Files.writeString(folder.resolve("password"), "secret\n");
        var expected = config(Map.of("WAYBILL_DATABASE", URL_WITH_PASSWORD));
        assertThat(expected).isEqualTo(new DatabaseConfig(Optional.of(URL_WITH_PASSWORD), Optional.empty()));
        assertThat(config(Map.of(), "--database", URL, "--database-password-file", file.toString()))
                .isEqualTo(new DatabaseConfig(Optional.of(URL), Optional.of("secret")));
        assertThat(expected.toString()).doesNotContain("secret");
    }

    @Test
    void whatIsMissingOrVisibleToOthersIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--database", URL_WITH_PASSWORD))
                .withMessageContaining("expected: WAYBILL_DATABASE or --database-password-file")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> config(Map.of(), "--database", URL_WITH_PASSWORD.replace("/waybill", ",other/waybill")))
                .withMessageContaining("database: with a password");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--database", URL + "?sslpassword=secret"))
                .withMessageContaining("database: with a password");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--database-password-file", "password"))
                .withMessageContaining("database: missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of("WAYBILL_DATABASE", " ")))
                .withMessageContaining("WAYBILL_DATABASE: blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of(), "--database", URL, "--database-password-file", "absent"))
                .withMessageContaining("absent cannot be read");
    }
}
