package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.cli.simulation.Fault;

class SimulatePageTest {

    private static final Path PAGE = Path.of("../docs/simulate.md");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void theCommandsOfThePageAreValid() throws IOException {
        var commands = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("./waybill simulate"))
                .toList();
        assertThat(commands).hasSize(2);
        for (var command : commands) {
            var words = WORD.matcher(command)
                    .results()
                    .skip(1)
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toArray(String[]::new);
            assertThat(Main.commandLine().parseArgs(words).hasSubcommand()).isTrue();
        }
    }

    @Test
    void thePageListsTheFaults() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Arrays.stream(Fault.values()).map(Fault::wireName))
                .allSatisfy(fault -> assertThat(page).contains("\n| `" + fault + "` |"));
    }
}
