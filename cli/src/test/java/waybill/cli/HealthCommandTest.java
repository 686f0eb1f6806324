package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `waybill health` tells by its exit code whether a hub is ready.
@Timeout(240)
class HealthCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHubIsReadyUntilItIsGone() throws InterruptedException {
        var port = "";
        try (var hub = HubProcess.start(0, folder)) {
            port = String.valueOf(hub.url().getPort());
            try (var health = health(port)) {
                assertThat(health.awaitExit()).as("%s", health.lines()).isZero();
                health.line("\"ready\":true");
            }
        }
        try (var health = health(port)) {
            assertThat(health.awaitExit()).isOne();
            health.line("^http://127.0.0.1:" + port + " does not answer: ");
        }
    }

    @Test
    void aWrongUrlIsRejected() throws InterruptedException {
        try (var health = ProgramProcess.waybill("health", "--url", "file:///etc/passwd")) {
            assertThat(health.awaitExit()).isEqualTo(2);
            health.line("^waybill: --url: file:///etc/passwd \\(expected: http:// or https://\\)$");
        }
    }

    /// The command as a health check in a container: by the `PORT` of the hub.
    private static ProgramProcess health(String port) {
        return ProgramProcess.start(Map.of("PORT", port), Path.of("."), ProgramProcess.command("health"));
    }
}
