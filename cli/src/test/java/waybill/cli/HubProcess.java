package waybill.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A hub in its own process.
public final class HubProcess implements AutoCloseable {

    private final ProgramProcess program;
    private final URI url;

    private HubProcess(ProgramProcess program, URI url) {
        this.program = program;
        this.url = url;
    }

    /// Starts a hub on `port`, 0 for any, and waits until it listens.
    public static HubProcess start(int port, Path data, String... options) throws InterruptedException {
        return start(List.of(), Map.of("WAYBILL_LOG_EVENTS", "OFF"), port, data, options);
    }

    /// Starts a hub with JVM options and an environment.
    public static HubProcess start(
            List<String> jvm, Map<String, String> environment, int port, Path data, String... options)
            throws InterruptedException {
        var arguments =
                Stream.concat(Stream.of("serve", "--port", "" + port, "--data", data.toString()), Stream.of(options));
        var command = new ArrayList<>(ProgramProcess.command(arguments.toArray(String[]::new)));
        command.addAll(1, jvm);
        var program = ProgramProcess.start(environment, Path.of("."), command);
        return new HubProcess(
                program,
                URI.create(program.line("listens on (https?://[\\w.:]+)").group(1)));
    }

    public URI url() {
        return url;
    }

    public ProgramProcess program() {
        return program;
    }

    /// `kill -9`.
    @Override
    public void close() {
        program.close();
    }
}
