package waybill.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.ProgramProcess;

/// `waybill proof-key` and `waybill verify`, as their users run them.
class VerifyCommandTest {

    @TempDir
    private static Path folder = Path.of("");

    private static byte[] exported = {};

    /// What a command printed, and its exit code.
    private record Outcome(int code, List<String> lines) {

        Outcome exitsWith(int expected) {
            assertThat(code).as("%s", lines).isEqualTo(expected);
            return this;
        }

        void prints(String... parts) {
            assertThat(String.join("\n", lines)).contains(parts);
        }
    }

    @BeforeAll
    static void export() throws IOException, InterruptedException {
        var driver = "driver:kari";
        try (var hub = HubProcess.start(0, folder.resolve("data"));
                var client = new ProofClient(hub.url())) {
            var order = client.inTransit(driver);
            var photo = client.photo(driver, order, BodyPublishers.ofByteArray(ProofClient.jpeg(100_000)));
            assertThat(client.begin(photo).join().statusCode()).isEqualTo(201);
            client.status(driver, order, "delivered");
            exported = client.export(order);
        }
    }

    private static Outcome run(Object... arguments) throws InterruptedException {
        var words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        try (var program = ProgramProcess.start(Map.of(), Path.of("."), ProgramProcess.command(words))) {
            var code = program.awaitExit();
            return new Outcome(code, program.lines());
        }
    }

    private static Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /// Writes what `waybill proof-key` prints to its standard output.
    private static Path key(Path data, String name) throws IOException, InterruptedException {
        var printed = run("proof-key", "--data", data).exitsWith(0).lines();
        assertThat(printed).anyMatch(line -> line.matches("sha256:[0-9a-f]{64}"));
        var pem = printed.stream().filter(line -> !line.startsWith("sha256:")).toList();
        return file(name, String.join("\n", pem).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileIsGenuineByTheKeyOfItsHubAndByNoOther() throws IOException, InterruptedException {
        var proof = file("proof.zip", exported);
        var hub = key(folder.resolve("data"), "hub.pem");
        run("verify", proof, "--key", hub)
                .exitsWith(0)
                .prints("ok      signature: ", "ok      images: ", "GENUINE: " + proof);
        run("verify", proof).exitsWith(0).prints("UNDAMAGED: " + proof, "verify with --key");
        var another = key(Files.createDirectory(folder.resolve("another")), "another.pem");
        run("verify", proof, "--key", another).exitsWith(1).prints("FAILED  signature: ", "NOT GENUINE: " + proof);
    }

    @Test
    void aFileThatIsCutOffOrNoneIsNamed() throws IOException, InterruptedException {
        var cut = file("cut.zip", Arrays.copyOf(exported, exported.length - 1_000));
        run("verify", cut).exitsWith(1).prints("FAILED  archive: cannot be read", "NOT GENUINE: " + cut);
        var text = file("text.zip", "no archive".getBytes(StandardCharsets.UTF_8));
        run("verify", text).exitsWith(1).prints("FAILED  archive: cannot be read", "NOT GENUINE: " + text);
        var changed = exported.clone();
        changed[exported.length / 2] ^= 1;
        var damaged = file("damaged.zip", changed);
        run("verify", damaged).exitsWith(1).prints("FAILED  ", "NOT GENUINE: " + damaged);
        run("verify", folder.resolve("absent.zip")).exitsWith(1).prints("archive: cannot be read", "absent.zip");
    }

    @Test
    void aKeyThatCannotBeUsedIsNamed() throws IOException, InterruptedException {
        var proof = file("of-no-key.zip", exported);
        var noKey = file("no-key.pem", "no key".getBytes(StandardCharsets.UTF_8));
        run("verify", proof, "--key", noKey)
                .exitsWith(2)
                .prints("waybill: key: no PUBLIC KEY in the text (expected: a line -----BEGIN PUBLIC KEY-----");
        run("verify", proof, "--key", folder.resolve("absent.pem"))
                .exitsWith(1)
                .prints("waybill: --key: ", "absent.pem: cannot be read");
        run("proof-key", "--data", folder.resolve("absent"))
                .exitsWith(1)
                .prints("absent is no directory (expected: the data directory of a hub)");
        run("verify").exitsWith(2).prints("FILE");
    }
}
