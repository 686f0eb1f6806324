package waybill.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
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
        System.exit(commandLine(arguments).execute(arguments));
    }

    /// The line with all commands.
    static CommandLine commandLine() {
        return commandLine(new String[0]);
    }

    /// The line with the command that the arguments begin with, or with all of them: to read the options of each by
    /// reflection takes longer than to start a hub.
    private static CommandLine commandLine(String[] arguments) {
        var userError = new UserError();
        var line = new CommandLine(new Main());
        var commands = commands();
        var wanted = arguments.length > 0 ? commands.get(arguments[0]) : null;
        (wanted == null ? commands.values() : List.of(wanted)).forEach(command -> line.addSubcommand(command.get()));
        return register(line).setParameterExceptionHandler(userError).setExecutionExceptionHandler(userError);
    }

    /// The commands by their names, in the order of the help.
    private static Map<String, Supplier<Object>> commands() {
        var random = new SecureRandom();
        var environment = new Environment(System.getenv(), Path.of(".env"));
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("serve", () -> new ServeCommand(environment));
        commands.put("doctor", () -> new DoctorCommand(environment, InstantSource.system()));
        commands.put("health", () -> new HealthCommand(environment));
        commands.put("backup", BackupCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("migrate", () -> new MigrateCommand(environment));
        commands.put("admin-password", () -> new AdminPasswordCommand(random));
        commands.put("proof-key", () -> new ProofKeyCommand(random));
        commands.put("verify", VerifyCommand::new);
        commands.put(
                "dispatch", () -> new CommandLine(new DispatchCommand()).addSubcommand(new DispatchReplayCommand()));
        commands.put(
                "incident",
                () -> new CommandLine(new IncidentCommand())
                        .addSubcommand(new IncidentExportCommand())
                        .addSubcommand(new IncidentReplayCommand())
                        .addSubcommand(new IncidentRestoreCommand()));
        commands.put("simulate", () -> new SimulateCommand(random, InstantSource.system(), System.getenv()));
        commands.put("token", () -> new TokenCommand(random, InstantSource.system(), System.getenv()));
        commands.put("vendor", () -> new VendorCommand(random, environment));
        commands.put("driver", () -> new DriverCommand(random, environment));
        commands.put("demo", () -> new DemoCommand(random, InstantSource.system(), System.getenv()));
        commands.put("train", () -> new TrainCommand(random, InstantSource.system()));
        return commands;
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
