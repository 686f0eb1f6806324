package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.server.WaybillServer;

/// `waybill incident restore`.
@Command(
        name = "restore",
        description = {
            "Makes a data directory of an incident file, and checks it: every part by its hash.",
            "The directory must be empty or not there. A hub on it has the orders of the file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class IncidentRestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "a file that ./waybill incident export has written")
    private Path file = Path.of("incident.zip");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory to make (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() {
        try {
            System.out.println(WaybillServer.restoreIncident(file, data).summary("restored and checked"));
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
