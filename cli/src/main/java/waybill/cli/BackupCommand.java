package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import waybill.server.WaybillServer;

/// `waybill backup`.
@Command(
        name = "backup",
        description = {
            "Copies the databases of a hub, which may run meanwhile, and checks the copies.",
            "The copy is a data directory: to restore it, stop the hub and put it in the place of the old one."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "where to put the copy; made if it is not there")
    private Path target = Path.of("backup");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() {
        try {
            WaybillServer.backup(data, target).forEach(line -> System.out.println("copied and checked " + line));
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
