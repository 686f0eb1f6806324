package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.server.WaybillServer;

/// `waybill restore`.
@Command(
        name = "restore",
        description = {
            "Makes a data directory of a backup, on this machine or another one, and checks it: every file by its hash,"
                    + " the databases by their numbers of rows.",
            "The directory must be empty: a hub's own is moved aside, not overwritten."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the directory that ./waybill backup has made")
    private Path backup = Path.of("backup");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory to make (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() {
        try {
            System.out.println(WaybillServer.restore(backup, data).summary("restored and checked"));
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
