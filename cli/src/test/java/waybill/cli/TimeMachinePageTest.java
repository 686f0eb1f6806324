package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeMachinePageTest {

    private static final Path PAGE = Path.of("../docs/time-machine.md");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theCommandsOfThePageAreValid() throws IOException {
        var commands = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("./waybill incident "))
                .toList();
        assertThat(commands).hasSize(4);
        for (var command : commands) {
            var words = command.substring("./waybill ".length()).split(" ");
            assertThat(Main.commandLine().parseArgs(words).subcommand().hasSubcommand())
                    .as(command)
                    .isTrue();
        }
    }

    @Test
    void whatStandsInTheWayIsOneLine() {
        var file = folder.resolve("incident.zip").toString();
        assertThat(errorOf("export", file))
                .contains("order, from: none (expected: --order, or --from and perhaps --to)");
        assertThat(errorOf("export", "--order", "7", file)).contains("order: 7 (expected: the UUID of an order)");
        assertThat(errorOf("export", "--data", folder.toString(), "--from", "2026-01-31T12:00:00Z", file))
                .contains("has no waybill.db (expected: the data directory of a hub");
        assertThat(errorOf("restore", file, "--data", folder.resolve("other").toString()))
                .contains("file: " + file);
    }

    private static String errorOf(String... words) {
        var err = new StringWriter();
        var all = new String[words.length + 1];
        all[0] = "incident";
        System.arraycopy(words, 0, all, 1, words.length);
        assertThat(Main.commandLine()
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(new PrintWriter(err))
                        .execute(all))
                .isEqualTo(1);
        return err.toString();
    }
}
