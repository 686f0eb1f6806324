package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// The pages in headless Chromium: what their users see and do, without an error of a page or its policy.
class PagesTest {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();

    @Test
    void thePagesShowWhatHappensLive() throws IOException, InterruptedException {
        var chromium = InstalledPrograms.program("chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        NodeJs.require(PROJECT);
        var environment = Map.of(
                "WAYBILL_SERVE",
                new JSONArray(ProgramProcess.command("serve")).toString(),
                "CHROMIUM",
                chromium.toString());
        try (var tests = ProgramProcess.start(environment, PROJECT, List.of("npm", "run", "pages"))) {
            assertThat(tests.awaitExit())
                    .as("%s", String.join("\n", tests.lines()))
                    .isZero();
            assertThat(tests.line("pass (\\d+)").group(1)).isEqualTo("8");
        }
    }
}
