package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import waybill.cli.InstalledPrograms;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// The React apps of the examples in headless Chromium, without an error on their consoles.
class ReactExamplesTest {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    @Test
    void aCustomerFollowsWhatADriverDelivers() throws IOException, InterruptedException {
        var chromium = InstalledPrograms.program("chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        NodeJs.require(PROJECT);
        NodeJs.require(EXAMPLES.resolve("react-tracking"));
        NodeJs.require(EXAMPLES.resolve("react-native-driver"));
        var environment = Map.of(
                "WAYBILL_SERVE",
                new JSONArray(ProgramProcess.command("serve")).toString(),
                "CHROMIUM",
                chromium.toString());
        try (var tests = ProgramProcess.start(environment, PROJECT, List.of("npm", "run", "react"))) {
            assertThat(tests.awaitExit())
                    .as("%s", String.join("\n", tests.lines()))
                    .isZero();
            assertThat(tests.line("pass (\\d+)").group(1)).isEqualTo("3");
        }
    }
}
