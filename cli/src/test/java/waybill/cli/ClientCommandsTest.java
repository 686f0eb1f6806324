package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands as a user runs them, each in its own process.
class ClientCommandsTest {

    private static final String ID = "[0-9a-f-]{36}";

    @TempDir
    private Path data = Path.of("");

    @Test
    void aVendorAndADriverDeliverToEachOther() throws InterruptedException {
        try (var hub = HubProcess.start(0, data);
                var driver = ProgramProcess.waybill(
                        "driver", "--url", hub.url().toString(), "--pickup-after", "10ms", "--deliver-after", "10ms");
                var vendor = ProgramProcess.waybill(
                        "vendor",
                        "--store",
                        "1-206-flowers",
                        "--url",
                        hub.url().toString(),
                        "--every",
                        "1ms",
                        "--count",
                        "5")) {
            assertThat(vendor.awaitExit()).isZero();
            vendor.lines("^Thank you for your order \\w+ \\w+\\.$", 5);
            vendor.lines("^order " + ID + " is delivered: \\{.*}$", 5);
            driver.lines("^picking up " + ID + "$", 5);
            driver.lines("^DRIVER: picked up " + ID + "\\.$", 5);
            driver.lines("^DRIVER: delivered " + ID + "\\.$", 5);
        }
    }

    @Test
    void inPhaseTwoTheVendorThanksTheDriver() throws InterruptedException {
        try (var hub = HubProcess.start(0, data);
                var driver = ProgramProcess.waybill(
                        "driver",
                        "--url",
                        hub.url().toString(),
                        "--profile",
                        "phase2",
                        "--pickup-after",
                        "0",
                        "--deliver-after",
                        "0");
                var vendor = ProgramProcess.waybill(
                        "vendor",
                        "--store",
                        "acme-widgets",
                        "--url",
                        hub.url().toString(),
                        "--profile",
                        "phase2",
                        "--count",
                        "1")) {
            assertThat(vendor.awaitExit()).isZero();
            var id = vendor.line("^thank you for delivering (" + ID + ")$").group(1);
            driver.line("^picking up " + id + "$");
        }
    }

    @Test
    void aScannedParcelIsDelivered() throws InterruptedException {
        try (var hub = HubProcess.start(0, data);
                var vendor = ProgramProcess.waybill(
                        "vendor", "--store", "acme-widgets", "--url", hub.url().toString(), "--count", "1")) {
            var id = vendor.line("^order (" + ID + ") for .* is placed$").group(1);
            try (var scanner =
                    ProgramProcess.waybill("driver", "--url", hub.url().toString(), "--scan", id)) {
                assertThat(scanner.awaitExit()).isZero();
                assertThat(scanner.lines()).contains("DRIVER: delivered " + id + ".");
            }
            assertThat(vendor.awaitExit()).isZero();
            try (var scanner =
                    ProgramProcess.waybill("driver", "--url", hub.url().toString(), "--scan", "no-such-parcel")) {
                assertThat(scanner.awaitExit()).isOne();
                scanner.line("^scan no-such-parcel: not_found: ");
            }
        }
    }

    @Test
    void theCommandsSendTheirTokensToASecuredHub() throws InterruptedException, IOException {
        var secret = secret();
        try (var hub = HubProcess.start(0, data.resolve("hub"), "--jwt-secret-file", secret);
                var driver = ProgramProcess.waybill(
                        "driver",
                        "--url",
                        hub.url().toString(),
                        "--token",
                        token("--user", "kari", "--role", "driver", "--jwt-secret-file", secret),
                        "--pickup-after",
                        "0",
                        "--deliver-after",
                        "0");
                var vendor = ProgramProcess.start(
                        Map.of(
                                "WAYBILL_TOKEN",
                                token("--user", "acme-widgets", "--role", "merchant", "--jwt-secret-file", secret)),
                        Path.of("."),
                        ProgramProcess.command(
                                "vendor",
                                "--store",
                                "acme-widgets",
                                "--url",
                                hub.url().toString(),
                                "--count",
                                "2",
                                "--every",
                                "1ms"))) {
            assertThat(vendor.awaitExit()).as("printed %s", vendor.lines()).isZero();
            driver.lines("^DRIVER: delivered " + ID + "\\.$", 2);
        }
    }

    @Test
    void aClientWithoutARequiredTokenPrintsHowToGetOne() throws InterruptedException, IOException {
        try (var hub = HubProcess.start(0, data.resolve("hub"), "--jwt-secret-file", secret());
                var driver = ProgramProcess.waybill("driver", "--url", hub.url().toString());
                var scanner =
                        ProgramProcess.waybill("driver", "--url", hub.url().toString(), "--scan", "m1");
                var vendor = ProgramProcess.waybill(
                        "vendor", "--store", "acme-widgets", "--url", hub.url().toString(), "--token", "nonsense")) {
            for (var app : List.of(driver, scanner, vendor)) {
                assertThat(app.awaitExit()).as("printed %s", app.lines()).isOne();
                app.line("^pass a valid token: --token TOKEN, or WAYBILL_TOKEN in the environment");
            }
            driver.line("^the hub rejects the connection: token: missing ");
            vendor.line("^the hub rejects the connection: token: not a signed JWT ");
        }
    }

    @Test
    void aVendorWithTheTokenOfAnotherStorePrintsOneErrorAndExits() throws InterruptedException, IOException {
        var secret = secret();
        try (var hub = HubProcess.start(0, data.resolve("hub"), "--jwt-secret-file", secret);
                var vendor = ProgramProcess.waybill(
                        "vendor",
                        "--store",
                        "other",
                        "--count",
                        "1",
                        "--url",
                        hub.url().toString(),
                        "--token",
                        token("--user", "acme-widgets", "--role", "merchant", "--jwt-secret-file", secret))) {
            assertThat(vendor.awaitExit()).as("printed %s", vendor.lines()).isOne();
            vendor.line("^the hub rejects this token: join: for other by a merchant of acme-widgets");
            assertThat(vendor.lines())
                    .filteredOn(line -> line.contains("forbidden") || line.contains("reject"))
                    .hasSize(1);
        }
    }

    @Test
    void aVendorConfirmsEveryMessageBeforeItExits() throws InterruptedException {
        try (var hub = HubProcess.start(0, data);
                var driver = ProgramProcess.waybill(
                        "driver", "--url", hub.url().toString(), "--pickup-after", "0", "--deliver-after", "0")) {
            for (var i = 0; i < 2; i++) {
                try (var vendor = ProgramProcess.waybill(
                        "vendor",
                        "--store",
                        "acme-widgets",
                        "--url",
                        hub.url().toString(),
                        "--count",
                        "3",
                        "--every",
                        "1ms")) {
                    assertThat(vendor.awaitExit()).isZero();
                    vendor.lines("^Thank you for your order", 3);
                    assertThat(vendor.lines())
                            .filteredOn(line -> line.startsWith("Thank you"))
                            .as("no customer is thanked again at the next start")
                            .hasSize(3);
                }
            }
            driver.lines("^DRIVER: delivered", 6);
        }
    }

    private String secret() throws IOException {
        var file = data.resolve("secret");
        return Files.writeString(file, "thirty-two bytes of a secret for tests").toString();
    }

    private static String token(String... options) throws InterruptedException {
        var arguments = Stream.concat(Stream.of("token"), Stream.of(options)).toArray(String[]::new);
        try (var program = ProgramProcess.waybill(arguments)) {
            return program.line("^(\\S+\\.\\S+\\.\\S+)$").group(1);
        }
    }

    @Test
    void aDemoContinuesWhereTheLastOneWasKilled() throws InterruptedException {
        try (var demo = ProgramProcess.waybill("demo", "--port", "0", "--data", data.toString())) {
            demo.lines("DRIVER: picked up", 2);
        }
        try (var demo = ProgramProcess.waybill(
                "demo", "--port", "0", "--data", data.toString(), "--for", "15s", "--every", "1h")) {
            assertThat(demo.awaitExit()).isZero();
            demo.lines("\\| Thank you for your order", 2);
            assertThat(demo.lines())
                    .contains("Undelivered orders are stored in " + data
                            + "; start again with the same --data to deliver them.");
        }
    }

    @Test
    void aStoppedHubShutsDownCompletely() throws InterruptedException {
        try (var hub = HubProcess.start(0, data)) {
            hub.program().interrupt();
            try (var again = HubProcess.start(0, data)) {
                assertThat(again.url()).isNotNull();
            }
        }
    }

    @Test
    void aPortOrADirectoryInUseIsNamed() throws InterruptedException {
        try (var hub = HubProcess.start(0, data);
                var samePort = ProgramProcess.waybill(
                        "serve",
                        "--port",
                        "" + hub.url().getPort(),
                        "--data",
                        data.resolve("other").toString());
                var sameData = ProgramProcess.waybill("serve", "--port", "0", "--data", data.toString())) {
            assertThat(samePort.awaitExit()).isOne();
            samePort.line("^waybill: port " + hub.url().getPort() + " of 127\\.0\\.0\\.1 is in use by another program");
            assertThat(sameData.awaitExit()).isOne();
            sameData.line("^waybill: data directory .* in use by another hub");
        }
    }
}
