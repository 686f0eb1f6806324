package waybill.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.server.WaybillServer;

/// `waybill migrate`.
@Command(
        name = "migrate",
        description = {
            "Copies the orders, messages, jobs and directory of a hub that is stopped to an empty PostgreSQL database, and"
                    + " compares them.",
            "The data directory is needed further: it has the positions of drivers, images and keys. If the copy is"
                    + " interrupted, run it again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class MigrateCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the hub (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    private final Environment environment;

    MigrateCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try {
            WaybillServer.migrate(data, database.config(environment.variables()), System.out::println);
            return 0;
        } catch (IllegalStateException | UncheckedIOException failure) {
            throw new RunningHub.StartupFailure(failure);
        }
    }
}
