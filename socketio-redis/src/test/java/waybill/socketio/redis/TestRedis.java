package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A Redis for tests: the one that `WAYBILL_TEST_REDIS` names, or a process of its own.
public final class TestRedis implements AutoCloseable {

    private static final List<Path> PLACES = Stream.of(
                    "/usr/bin/redis-server", "/usr/local/bin/redis-server", "/opt/homebrew/bin/redis-server")
            .map(Path::of)
            .toList();

    private final URI uri;
    private @Nullable Process process;

    private TestRedis(URI uri) {
        this.uri = uri;
    }

    /// Skips the test where there is none, or fails it in an environment that must have it.
    public static TestRedis start() {
        var given = System.getenv("WAYBILL_TEST_REDIS");
        return given == null ? startOwn() : new TestRedis(URI.create(given));
    }

    /// One that the test can end and start again.
    public static TestRedis startOwn() {
        var redis = notStarted();
        redis.restart();
        return redis;
    }

    /// A place where none listens yet.
    static TestRedis notStarted() {
        program();
        return new TestRedis(URI.create("redis://127.0.0.1:" + freePort()));
    }

    private static Path program() {
        for (var place : PLACES) {
            if (Files.isExecutable(place)) {
                return place;
            }
        }
        var message =
                "SKIPPED: needs redis-server (on Debian: apt install redis-server), or WAYBILL_TEST_REDIS=redis://…";
        System.out.println(message);
        if ("required".equals(System.getenv("WAYBILL_CLIENTS"))) {
            fail(message);
        }
        return abort(message);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI uri() {
        return uri;
    }

    /// Starts the process, on the same port each time, and waits until it accepts connections.
    public void restart() {
        try {
            var started = new ProcessBuilder(
                            program().toString(),
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            String.valueOf(uri.getPort()),
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .directory(Path.of("target").toFile())
                    .redirectErrorStream(true)
                    .start();
            process = started;
            awaitReady(started.inputReader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitReady(BufferedReader output) throws IOException {
        var printed = new StringBuilder();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            printed.append(line).append('\n');
            if (line.contains("Ready to accept connections")) {
                return;
            }
        }
        assertThat(printed.toString()).as("redis-server ended").contains("Ready to accept connections");
    }

    /// As `kill -9` does.
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    /// It accepts connections, and does not answer, until it is resumed.
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        var running = process;
        if (running == null) {
            throw new IllegalStateException("the Redis of WAYBILL_TEST_REDIS (expected: a process of this test)");
        }
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(running.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
