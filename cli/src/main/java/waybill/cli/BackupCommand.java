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
            "Copies the databases of a hub, which may be running, and checks the copies; then its images and its key of"
                    + " proofs.",
            "The copy is a data directory: to restore it, stop the hub and replace its data directory with the copy."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "the directory of the copy, created if it does not exist")
    private Path target = Path.of("backup");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Override
    public Integer call() {
        try {
            WaybillServer.backup(data, target).forEach(System.out::println);
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
