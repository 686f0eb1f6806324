package waybill.socketio.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Runs the tests of `src/test/js`, in which the official JavaScript client meets this engine. They need Node.js
/// 20 or newer and npm; where those are missing the test is skipped with that reason.
class JavaScriptClientTest {

    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path PLACE = Path.of("target/js");
    private static final int NODE_MIN = 20;
    private static final long MINUTES_MAX = 8;

    @Test
    void theOfficialJavaScriptClientPasses() throws Exception {
        Assumptions.assumeTrue(nodeVersion() >= NODE_MIN, JavaScriptClientTest::describeMissing);
        install();
        try (var plain = ClientTestServer.plain();
                var recovering = ClientTestServer.recovering();
                var msgpack = ClientTestServer.msgpack();
                var engine = new EngineEcho()) {
            var ports = Map.of(
                    "PLAIN_PORT", String.valueOf(plain.port()),
                    "RECOVERING_PORT", String.valueOf(recovering.port()),
                    "ENGINE_PORT", String.valueOf(engine.port()),
                    "MSGPACK_PORT", String.valueOf(msgpack.port()));
            var output = Files.createDirectories(PLACE).resolve("node-test.log");
            int exit = run(ports, output, "node", "--test", "--test-reporter=spec");
            assertThat(exit).as(() -> "node --test:\n" + read(output)).isZero();
        }
    }

    private static String describeMissing() {
        var message = "SKIPPED: the tests with the JavaScript client need Node.js " + NODE_MIN + " or newer and npm";
        System.out.println(message);
        return message;
    }

    private static int nodeVersion() throws IOException, InterruptedException {
        try {
            var node = new ProcessBuilder("node", "--version").start();
            var version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return node.waitFor() == 0 ? Integer.parseInt(version.replaceAll("^v|\\..*|\\s", "")) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    /// Copies the tests and installs what they need, unless the same is installed already.
    private static void install() throws Exception {
        Files.createDirectories(PLACE);
        var lock = Files.readString(SOURCES.resolve("package-lock.json"));
        var done = PLACE.resolve("installed");
        boolean installed = Files.exists(done) && Files.readString(done).equals(lock);
        try (var sources = Files.list(SOURCES)) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, PLACE.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!installed) {
            var output = PLACE.resolve("npm-ci.log");
            assertThat(run(Map.of(), output, "npm", "ci", "--no-audit", "--no-fund"))
                    .as(() -> "npm ci:\n" + read(output))
                    .isZero();
            Files.writeString(done, lock);
        }
    }

    private static int run(Map<String, String> environment, Path output, String... command) throws Exception {
        var builder = new ProcessBuilder(List.of(command))
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File(output.toString()));
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + ": not done in " + MINUTES_MAX + " minutes");
        }
        return process.exitValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
