package waybill.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.cli.HubProcess;
import waybill.cli.ProgramProcess;

/// `waybill simulate --url` against `waybill serve`.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SocketSimulationTest {

    private static final String ACCEPTED = "\"status\":\"accepted\"";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aHubThatIsKilledTwiceUnderAllFaultsViolatesNothing() throws IOException, InterruptedException {
        var pid = directory.resolve("hub.pid");
        try (var hub = HubProcess.start(0, directory.resolve("data"))) {
            Files.writeString(pid, "" + hub.program().pid());
            var simulation = simulate(
                    hub.url(),
                    "--faults",
                    Fault.names(),
                    "--duration",
                    "6s",
                    "--orders",
                    "24",
                    "--restart-command",
                    restartCommand(hub.url().getPort(), pid));
            assertThat(simulation.awaitExit()).as("%s", simulation.lines()).isZero();
            assertThat(simulation.lines()).contains("no violation");
            var report = new JSONObject(Files.readString(directory.resolve("report.json")));
            assertThat(report.getJSONObject("counts").getInt("kills")).isEqualTo(2);
            assertThat(report.getJSONObject("counts").getInt("orders committed"))
                    .isEqualTo(24);
            assertThat(Files.readString(directory.resolve("report.txt"))).contains("no violation");
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private String restartCommand(int port, Path pid) {
        var serve =
                ProgramProcess.command(
                                "serve",
                                "--port",
                                "" + port,
                                "--data",
                                directory.resolve("data").toString())
                        .stream()
                        .map(word -> "'" + word + "'")
                        .collect(Collectors.joining(" "));
        return "kill -9 $(cat " + pid + "); " + serve + " > /dev/null 2>&1 < /dev/null & echo $! > " + pid;
    }

    /// An event that a client does not receive, and one that it receives twice.
    @ParameterizedTest
    @CsvSource({"0, has not received event", "2, twice on one connection"})
    void aHubThatLosesOrRepeatsAnEventIsReported(int copies, String violation)
            throws IOException, InterruptedException {
        try (var hub = HubProcess.start(0, directory.resolve("data"));
                var proxy = new TamperingProxy(hub.url(), ACCEPTED, copies)) {
            var simulation = simulate(proxy.url(), "--faults", "none", "--duration", "2s", "--orders", "4");
            assertThat(simulation.awaitExit()).as("%s", simulation.lines()).isEqualTo(1);
            assertThat(proxy.hasTampered()).isTrue();
            assertThat(simulation.lines()).anyMatch(line -> line.contains(violation));
        }
    }

    private ProgramProcess simulate(URI hub, String... options) {
        var fixed = List.of(
                "simulate",
                "--url",
                hub.toString(),
                "--drivers",
                "6",
                "--report",
                directory.resolve("report").toString());
        return ProgramProcess.start(Map.of(), directory, ProgramProcess.command(words(fixed, options)));
    }

    private static String[] words(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
