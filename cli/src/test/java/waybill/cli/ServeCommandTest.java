package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import waybill.order.FareTariff;
import waybill.server.Config;

/// The settings of `serve` from the command line, the environment and a `.env` file, in this order.
class ServeCommandTest {

    @TempDir
    private Path folder = Path.of("");

    private Config config(Map<String, String> environment, String... arguments) {
        var command = new ServeCommand(new Environment(environment, folder.resolve(".env")));
        new CommandLine(command)
                .registerConverter(Duration.class, Durations::parse)
                .parseArgs(arguments);
        return command.config();
    }

    @Test
    void thePortAndTheOriginsAreReadFromTheEnvironment() {
        var config = config(Map.of("PORT", "5000", "CLIENT_URL", "https://shop.example, https://m.shop.example"));
        assertThat(config.ports()).containsExactly(5_000);
        assertThat(config.origins()).containsExactlyInAnyOrder("https://shop.example", "https://m.shop.example");
    }

    @Test
    void thePortAndTheOriginsAreReadFromAnEnvFile() throws IOException {
        Files.writeString(folder.resolve(".env"), "PORT=5000\nCLIENT_URL=https://shop.example\n");
        assertThat(config(Map.of()).ports()).containsExactly(5_000);
        assertThat(config(Map.of()).origins()).containsExactly("https://shop.example");
        assertThat(config(Map.of("PORT", "5001")).ports())
                .as("the environment goes first")
                .containsExactly(5_001);
    }

    @Test
    void anOptionTakesPrecedenceOverBoth() {
        var config = config(
                Map.of("PORT", "5000", "CLIENT_URL", "https://shop.example"),
                "--port",
                "0",
                "--origin",
                "https://other.example");
        assertThat(config.ports()).containsExactly(0);
        assertThat(config.origins()).containsExactly("https://other.example");
    }

    @Test
    void withoutSettingsTheDefaultsApply() {
        assertThat(config(Map.of()).ports()).containsExactly(Config.DEFAULT_PORT);
        assertThat(config(Map.of()).origins()).isEmpty();
        assertThat(config(Map.of()).orders().retention()).isZero();
    }

    @Test
    void thePathOfSocketIoAndTheTimeToReadAPageAreSet() {
        assertThat(config(Map.of()).web().socketPath()).isEqualTo("/socket.io/");
        var config = config(Map.of(), "--socket-path", "live", "--page-read-within", "5s");
        assertThat(config.web().socketPath()).isEqualTo("/live/");
        assertThat(config.capsLimits().pageReadWithin()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theBasemapIsAFileOrNone() {
        assertThat(config(Map.of()).web().basemap()).isEmpty();
        assertThat(config(Map.of(), "--basemap", "city.json").web().basemap()).contains(Path.of("city.json"));
    }

    @Test
    void aCertificateNeedsItsKeyAndNoProxyProtocol() {
        assertThat(config(Map.of(), "--tls-cert", "hub.pem", "--tls-key", "hub.key")
                        .web()
                        .port()
                        .scheme())
                .isEqualTo("https");
        assertThatThrownBy(() -> config(Map.of(), "--tls-cert", "hub.pem"))
                .hasMessageStartingWith("tls-cert, tls-key: one of them (expected: both");
        assertThatThrownBy(() -> config(
                        Map.of(),
                        "--tls-cert",
                        "hub.pem",
                        "--tls-key",
                        "hub.key",
                        "--proxy-protocol",
                        "--trusted-proxy",
                        "10.0.0.0/8"))
                .hasMessageStartingWith("tls-cert: beside --proxy-protocol (expected: one of them");
    }

    @Test
    void theDrainIsAtMostTenMinutes() {
        assertThat(config(Map.of(), "--drain", "30s").web().port().drain()).isEqualTo(Duration.ofSeconds(30));
        assertThatThrownBy(() -> config(Map.of(), "--drain", "1h"))
                .hasMessage("drain: 3600000 ms (expected: 0 to 600 s)");
    }

    @Test
    void aTariffIsSetInTheCurrencyOfTheHub() {
        assertThat(config(Map.of()).orders().tariff()).isEmpty();
        assertThat(config(Map.of(), "--fare-per-km", "80", "--currency", "NOK")
                        .orders()
                        .tariff())
                .contains(new FareTariff(0, 80, 0, "NOK"));
        assertThat(config(Map.of(), "--fare-base", "300", "--fare-per-minute", "15", "--fare-currency", "USD")
                        .orders()
                        .tariff())
                .contains(new FareTariff(300, 0, 15, "USD"));
        assertThatThrownBy(() -> config(Map.of(), "--fare-base", "-1")).hasMessageStartingWith("base: -1 (expected");
    }

    @Test
    void aVariableWithoutAValueIsRejected() throws IOException {
        assertThatThrownBy(() -> config(Map.of("PORT", " "))).hasMessageStartingWith("PORT: blank (expected: a value");
        Files.writeString(folder.resolve(".env"), "CLIENT_URL=\n");
        assertThatThrownBy(() -> config(Map.of())).hasMessageStartingWith("CLIENT_URL: blank");
        assertThat(config(Map.of(), "--origin", "https://shop.example").origins())
                .hasSize(1);
    }

    @Test
    void aNonNumericPortIsRejected() {
        assertThatThrownBy(() -> config(Map.of("PORT", "http"))).hasMessage("PORT: http (expected: a number)");
    }

    @Test
    void orderDaysSetTheRetention() {
        assertThat(config(Map.of(), "--order-days", "90").orders().retention()).isEqualTo(Duration.ofDays(90));
        assertThat(config(Map.of(), "--abandoned-days", "7").orders().abandonedAfter())
                .isEqualTo(Duration.ofDays(7));
    }

    @Test
    void theSizeOfAMessageIsSet() {
        assertThat(config(Map.of(), "--payload-max", "2000000").payloadMax()).isEqualTo(2_000_000);
    }

    @Test
    void everyCommandPrintsItsVersion() {
        for (var command : new String[] {"serve", "demo", "vendor", "driver", "token", "backup", "restore"}) {
            var out = new StringWriter();
            assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute(command, "-V"))
                    .isZero();
            assertThat(out.toString()).as(command).startsWith("waybill ");
        }
    }

    @Test
    void aPortInUseIsReportedWithWhatToDo() throws InterruptedException {
        try (var hub = HubProcess.start(0, folder.resolve("one"));
                var second = ProgramProcess.waybill(
                        "serve",
                        "--port",
                        "" + hub.url().getPort(),
                        "--data",
                        folder.resolve("two").toString())) {
            assertThat(hub.program().lines())
                    .anyMatch(line -> line.endsWith("/api/docs"))
                    .anyMatch(line -> line.startsWith(
                            "Server running on port " + hub.url().getPort()));
            assertThat(second.awaitExit()).isOne();
            second.line("^waybill: port " + hub.url().getPort() + " of 127\\.0\\.0\\.1 is in use by another program"
                    + " \\(expected: a free one; choose it with --port, 0 for any\\)$");
        }
    }

    @Test
    void aLineOfTheLogIsAJsonObjectOnRequest() throws InterruptedException {
        try (var hub = HubProcess.start(0, folder, "--log-format", "json")) {
            var line = hub.program().line("^\\{.*this node is .*}$").group();
            var json = new JSONObject(line);
            assertThat(json.getString("level")).isEqualTo("INFO");
            assertThat(json.getString("loggerName")).isEqualTo("waybill.server.HubPart");
            assertThat(json.getString("formattedMessage")).startsWith("this node is ");
            assertThat(json.getLong("timestamp")).isPositive();
            assertThat(hub.program().lines()).noneMatch(text -> text.contains("logback"));
        }
    }

    @Test
    void sentEventsAreLoggedOnRequest() throws InterruptedException {
        try (var hub = HubProcess.start(0, folder, "--log-sent");
                var vendor = ProgramProcess.waybill("vendor", "--store", "acme-widgets", "--url", "" + hub.url())) {
            vendor.line("^order .* is placed$");
            hub.program().line(" sent: /caps ack of pickup to \\S+ \\{\"ok\":true");
        }
        try (var quiet = HubProcess.start(0, folder);
                var vendor = ProgramProcess.waybill("vendor", "--store", "acme-widgets", "--url", "" + quiet.url())) {
            vendor.line("^order .* is placed$");
            quiet.program().line(" sockets: /caps .* connected");
            assertThat(quiet.program().lines()).noneMatch(line -> line.contains(" sent: "));
        }
    }
}
