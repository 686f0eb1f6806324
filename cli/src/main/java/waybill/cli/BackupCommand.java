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
            "Copies the databases of a hub, which may be running, and checks the copies; then its images and its keys.",
            "All that was acknowledged before it begins is in the copy. ./waybill restore makes a data directory of it."
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

    @Option(
            names = "--without-database",
            description = "copy what a hub with --database has in its data directory: tracks, images and keys; before"
                    + " it, pg_dump copies the database (default: waybill.db is copied, and must be there)")
    private boolean withoutDatabase;

    @Override
    public Integer call() {
        try {
            System.out.println(
                    WaybillServer.backup(data, target, !withoutDatabase).summary("copied and checked"));
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
