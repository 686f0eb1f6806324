package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Existing client code, unchanged, against this hub.
class SnippetsTest {

    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    @ParameterizedTest
    @CsvSource({"realtime-javascript, 5", "storefront-javascript, 4"})
    void aJavaScriptAppWorksUnchanged(String project, String tests) throws IOException, InterruptedException {
        var folder = EXAMPLES.resolve(project);
        NodeJs.require(folder);
        var serve = Map.of("WAYBILL_SERVE", new JSONArray(ProgramProcess.command("serve")).toString());
        try (var npm = ProgramProcess.start(serve, folder, List.of("npm", "test"))) {
            assertThat(npm.awaitExit()).as("%s", String.join("\n", npm.lines())).isZero();
            assertThat(npm.line("pass (\\d+)").group(1)).isEqualTo(tests);
        }
    }
}
