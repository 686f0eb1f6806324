package waybill.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `waybill COMMAND`: the only class that reads the machine's clock, random numbers and environment.
@Command(
        name = "waybill",
        description = "A real-time delivery hub for any Socket.IO v4 client.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        var random = new SecureRandom();
        var userError = new UserError();
        var environment = new Environment(System.getenv(), Path.of(".env"));
        var line = new CommandLine(new Main())
                .addSubcommand(new ServeCommand(environment))
                .addSubcommand(new DoctorCommand(environment, InstantSource.system()))
                .addSubcommand(new BackupCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new MigrateCommand(environment))
                .addSubcommand(new AdminPasswordCommand(random))
                .addSubcommand(new ProofKeyCommand(random))
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new CommandLine(new DispatchCommand()).addSubcommand(new DispatchReplayCommand()))
                .addSubcommand(new SimulateCommand(random, InstantSource.system(), System.getenv()))
                .addSubcommand(new TokenCommand(random, InstantSource.system(), System.getenv()))
                .addSubcommand(new VendorCommand(random, environment))
                .addSubcommand(new DriverCommand(random, environment))
                .addSubcommand(new DemoCommand(random, InstantSource.system(), System.getenv()))
                .addSubcommand(new TrainCommand(random, InstantSource.system()));
        return register(line).setParameterExceptionHandler(userError).setExecutionExceptionHandler(userError);
    }

    /// Registers converters for option values.
    static CommandLine register(CommandLine line) {
        return line.registerConverter(Duration.class, Durations::parse);
    }

    /// The version in the manifest of the jar.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {
                "waybill " + Objects.toString(Main.class.getPackage().getImplementationVersion(), "(not packaged)")
            };
        }
    }
}
