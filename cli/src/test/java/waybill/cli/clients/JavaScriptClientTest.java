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

/// The project's own JavaScript client, on a hub that is killed, over a network that is cut.
class JavaScriptClientTest {

    private static final Path PROJECT =
            Path.of("../clients/javascript").toAbsolutePath().normalize();

    @Test
    void theClientLosesNoEventAndItsReadmeIsRight() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        var serve = new JSONArray(ProgramProcess.command("serve")).toString();
        try (var tests = ProgramProcess.start(Map.of("WAYBILL_SERVE", serve), PROJECT, List.of("npm", "test"))) {
            assertThat(tests.awaitExit())
                    .as("%s", String.join("\n", tests.lines()))
                    .isZero();
            assertThat(tests.line("pass (\\d+)").group(1)).isEqualTo("20");
        }
    }

    @Test
    void theDeclarationsOfTypesDescribeTheClient() throws IOException, InterruptedException {
        NodeJs.require(PROJECT);
        try (var compiler = ProgramProcess.start(Map.of(), PROJECT, List.of("npm", "run", "types"))) {
            assertThat(compiler.awaitExit())
                    .as("%s", String.join("\n", compiler.lines()))
                    .isZero();
        }
    }
}
