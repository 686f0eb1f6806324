package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server on Node.js with the npm adapter, and the npm emitter, in a process: `src/test/js/peer.js`.
final class NodePeer implements AutoCloseable {

    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path PLACE = Path.of("target/js");
    private static final int NODE_MIN = 20;
    private static final long INSTALL_MINUTES_MAX = 5;

    private final Process process;
    private final BufferedReader output;
    private final int port;

    private NodePeer(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.port = Integer.parseInt(line().replace("port ", ""));
    }

    /// Installs its packages unless they are there; skips the test without Node.js.
    static NodePeer start(TestRedis redis, String key) throws IOException, InterruptedException {
        if (nodeVersion() < NODE_MIN) {
            var message = "SKIPPED: needs Node.js " + NODE_MIN + " or newer and npm";
            System.out.println(message);
            abort(message);
        }
        install();
        var builder = new ProcessBuilder("node", "peer.js")
                .directory(PLACE.toFile())
                .redirectError(PLACE.resolve("peer.log").toFile());
        builder.environment().put("REDIS_URL", redis.uri().toString());
        builder.environment().put("CHANNEL_KEY", key);
        return new NodePeer(builder.start());
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            var node = new ProcessBuilder("node", "--version").start();
            var version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return node.waitFor() == 0 ? Integer.parseInt(version.replaceAll("^v|\\..*|\\s", "")) : 0;
        } catch (IOException _) {
            return 0;
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        try (var sources = Files.list(SOURCES)) {
            for (var source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, PLACE.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var lock = Files.readString(SOURCES.resolve("package-lock.json"));
        var done = PLACE.resolve("installed");
        if (Files.exists(done) && Files.readString(done).equals(lock)) {
            return;
        }
        var log = PLACE.resolve("npm-ci.log");
        var npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(PLACE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(npm.waitFor(INSTALL_MINUTES_MAX, TimeUnit.MINUTES) && npm.exitValue() == 0)
                .as(() -> "npm ci: " + log)
                .isTrue();
        Files.writeString(done, lock);
    }

    private String line() throws IOException {
        var line = output.readLine();
        if (line == null) {
            throw new AssertionError("the process has ended: " + Files.readString(PLACE.resolve("peer.log")));
        }
        return line;
    }

    int port() {
        return port;
    }

    /// What a JavaScript expression gives, as JSON. It may use `ns`, the server's namespace, and `emitter`.
    String evaluate(String expression) {
        try {
            var input = process.outputWriter(StandardCharsets.UTF_8);
            input.write(expression + "\n");
            input.flush();
            var answer = line();
            assertThat(answer).as(expression).startsWith("= ");
            return answer.substring(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Several, one after the other.
    void run(String... expressions) {
        List.of(expressions).forEach(this::evaluate);
    }

    /// As `kill -9` does.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
