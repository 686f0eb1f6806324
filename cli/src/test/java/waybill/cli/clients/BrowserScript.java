package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import waybill.cli.InstalledPrograms;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// Tests in JavaScript that open pages in headless Chromium, on hubs that they start: a script of `src/test/js`.
final class BrowserScript {

    /// A script has several tests, each with hubs and limits of its own, and other tests run beside it.
    private static final Duration WAIT_MAX = Duration.ofMinutes(8);

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();

    private BrowserScript() {}

    /// Runs the script; all of its tests, which are so many, must pass. Skips the test without Chromium or Node.js.
    static void run(String script, int tests) throws IOException, InterruptedException {
        var chromium = InstalledPrograms.program("chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        NodeJs.require(PROJECT);
        var environment = Map.of(
                "WAYBILL_SERVE",
                new JSONArray(ProgramProcess.command("serve")).toString(),
                "CHROMIUM",
                chromium.toString());
        try (var npm = ProgramProcess.start(environment, PROJECT, List.of("npm", "run", script))) {
            assertThat(npm.awaitExit(WAIT_MAX))
                    .as("%s", String.join("\n", npm.lines()))
                    .isZero();
            assertThat(npm.line("pass (\\d+)").group(1)).isEqualTo(String.valueOf(tests));
        }
    }
}
