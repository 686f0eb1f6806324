package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.server.Config;
import waybill.server.WaybillServer;

/// `waybill incident replay`.
@Command(
        name = "replay",
        description = {
            "Serves the time machine for an incident file, until Ctrl-C: a page and its Socket.IO namespace /replay, for this"
                    + " machine alone.",
            "Nothing else is served, and nothing can be changed. The printed address has a token that admits to it."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class IncidentReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a file that ./waybill incident export has written")
    private Path file = Path.of("incident.zip");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "the port to listen on; 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port = Config.DEFAULT_PORT;

    @Option(
            names = "--basemap",
            paramLabel = "FILE",
            description = "GeoJSON of the map behind the drivers (default: none)")
    private @Nullable Path basemap;

    @Override
    public Integer call() throws InterruptedException {
        try (var stop = StopSignal.onCtrlC(Duration.ZERO);
                var folder = DataDirectory.of(null)) {
            var incident = WaybillServer.restoreIncident(file, folder.path());
            try (var hub = WaybillServer.replayIncident(folder.path(), incident, port, Optional.ofNullable(basemap))) {
                System.out.println(incident.summary("replaying"));
                System.out.println("Time machine: " + hub.page());
                System.out.flush();
                stop.await();
            }
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
