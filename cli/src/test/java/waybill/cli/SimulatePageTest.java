package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import waybill.cli.simulation.Fault;

class SimulatePageTest {

    private static final Path PAGE = Path.of("../docs/simulate.md");

    @Test
    void thePageListsTheFaults() throws IOException {
        var page = Files.readString(PAGE);
        assertThat(Arrays.stream(Fault.values()).map(Fault::wireName))
                .allSatisfy(fault -> assertThat(page).contains("\n| `" + fault + "` |"));
    }
}
