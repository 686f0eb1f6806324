package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `waybill doctor` beside a hub, and for everything that may be wrong.
@Timeout(180)
class DoctorTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aHubThatRunsIsSound() throws InterruptedException {
        try (var hub = HubProcess.start(0, folder.resolve("data"))) {
            var lines = doctor(0, "--port", "" + hub.url().getPort(), "--data", data());
            assertThat(lines)
                    .anyMatch(line -> line.startsWith("OK       configuration: development mode"))
                    .anyMatch(
                            line -> line.startsWith("WARNING  port " + hub.url().getPort() + ": is in use"))
                    .anyMatch(line -> line.startsWith("OK       data directory: "))
                    .anyMatch(line -> line.startsWith("OK       files: "))
                    .anyMatch(line -> line.startsWith("OK       clock: "))
                    .anyMatch(line -> line.matches("OK       waybill\\.db: is sound, schema [\\d.]+"))
                    .anyMatch(line -> line.matches("OK       tracks\\.db: is sound, schema \\d+"))
                    .anyMatch(line -> line.startsWith("OK       camera: "));
        }
    }

    @Test
    void whatIsWrongIsReportedWithWhatToDo() throws IOException, InterruptedException {
        var data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(data.resolve("waybill.db"), "no database");
        Files.setPosixFilePermissions(data.resolve("waybill.db"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setLastModifiedTime(
                data.resolve("waybill.db"), FileTime.from(Instant.now().plus(Duration.ofDays(2))));
        Files.writeString(folder.resolve("secret"), "x".repeat(64), StandardOpenOption.CREATE_NEW);
        int closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }
        var lines = doctor(
                1,
                "--port=0",
                "--host=0.0.0.0",
                "--jwt-secret-file=" + folder.resolve("secret"),
                "--data",
                data(),
                "--tls-cert=" + folder.resolve("hub.pem"),
                "--tls-key=" + folder.resolve("hub.key"),
                "--redis=redis://127.0.0.1:" + closedPort);
        assertThat(lines)
                .anyMatch(line -> line.matches(
                        "ERROR    certificate: tls-cert: .*hub\\.pem cannot be read \\(expected: a PEM file\\)"))
                .anyMatch(line ->
                        line.matches("ERROR    Redis: does not answer at .* within 5 s; look whether it runs.*"))
                .anyMatch(line ->
                        line.matches("WARNING  files: \\[waybill\\.db] can be read by other users.*chmod 700.*"))
                .anyMatch(line -> line.matches("ERROR    clock: .*synchronize it.*"))
                .anyMatch(line ->
                        line.matches("ERROR    waybill\\.db: cannot be read: SQLITE_NOTADB.*restore a backup.*"));
    }

    @Test
    void aServerOfPostgresqlThatCannotBeReachedIsReported() throws InterruptedException {
        assertThat(doctor(1, "--port=0", "--data", data(), "--database=postgresql://hub@127.0.0.1:1/waybill"))
                .anyMatch(line -> line.matches("ERROR    PostgreSQL: .*cannot be opened: .*; look whether it runs.*"));
    }

    @Test
    void phonesNeedHttpsForTheirCamera() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("secret"), "x".repeat(64));
        assertThat(doctor(
                        0,
                        "--port=0",
                        "--host=0.0.0.0",
                        "--jwt-secret-file=" + folder.resolve("secret"),
                        "--data",
                        data()))
                .anyMatch(line -> line.matches("WARNING  camera: does not open on phones.*--tls-cert and --tls-key.*"));
    }

    @Test
    void aConfigurationWithWhichServeDoesNotStartIsAnError() throws InterruptedException {
        assertThat(doctor(1, "--port=0", "--host=0.0.0.0", "--data", data()))
                .anyMatch(
                        line -> line.startsWith("ERROR    configuration: host: 0.0.0.0 (expected: a loopback address"));
        assertThat(doctor(1, "--tls-cert=hub.pem"))
                .containsExactly(
                        "ERROR    configuration: tls-cert, tls-key: one of them (expected: both, the files of a"
                                + " certificate and its key)");
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static List<String> doctor(int exitCode, String... options) throws InterruptedException {
        var arguments = new ArrayList<>(List.of("doctor"));
        arguments.addAll(List.of(options));
        try (var program = ProgramProcess.waybill(arguments.toArray(String[]::new))) {
            assertThat(program.awaitExit()).as("%s", program.lines()).isEqualTo(exitCode);
            return program.lines();
        }
    }
}
