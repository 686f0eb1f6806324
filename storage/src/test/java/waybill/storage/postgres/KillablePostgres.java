package waybill.storage.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// A PostgreSQL server of a test alone, which can be killed and started again on the same data. A commit is on its
/// disk.
public final class KillablePostgres implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Path data;
    private EmbeddedPostgres server;

    private KillablePostgres(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    public static KillablePostgres start(Path data) throws IOException {
        return new KillablePostgres(data, builder(data).start());
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(START_MAX)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "32MB");
    }

    public PostgresAddress address() {
        return PostgresAddress.parse("postgresql://postgres:postgres@localhost:" + server.getPort() + "/postgres");
    }

    /// `kill -9` of the server and of the processes of its connections.
    public void kill() throws IOException {
        var all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /// The server accepts connections, and does not answer, until it is resumed.
    public void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var command = Stream.concat(
                        Stream.of("kill", signal), processes().stream().map(process -> "" + process.pid()))
                .toList();
        new ProcessBuilder(command).start().waitFor(); // a process of a connection may have ended meanwhile
    }

    private List<ProcessHandle> processes() throws IOException {
        var postmaster = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
                .orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    /// Starts the killed server on its data and its port.
    public void restart() throws IOException {
        var port = server.getPort();
        server.close();
        server = builder(data).setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
