package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONArray;
import org.junit.jupiter.api.Test;

class JavaScriptExampleTest {

    private static final Path PROJECT =
            Path.of("../examples/caps-javascript").toAbsolutePath().normalize();

    @Test
    void theJavaScriptStoresAndDriversWorkUnchanged() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        var serve = new JSONArray(ProgramProcess.command("serve")).toString();
        try (var tests = ProgramProcess.start(Map.of("WAYBILL_SERVE", serve), PROJECT, List.of("npm", "test"))) {
            assertThat(tests.awaitExit())
                    .as("%s", String.join("\n", tests.lines()))
                    .isZero();
            assertThat(tests.line("pass (\\d+)").group(1)).isEqualTo("4");
        }
    }
}
