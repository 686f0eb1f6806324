package waybill.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.Profile;
import waybill.cli.driver.DriverRunner;
import waybill.cli.driver.WorkPace;

/// `waybill driver`. Reads `scan CODE` from the console while it runs.
@Command(
        name = "driver",
        description = "A driver that picks up parcels and delivers them. Type \"scan CODE\" to deliver one at once.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class DriverCommand implements Callable<Integer> {

    private final RandomGenerator random;
    private final Environment environment;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the driver's id, under which it resumes its parcels (default: a random one)")
    private @Nullable String name;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "the URL of the hub, with the path of its Socket.IO unless that is /socket.io/ (default:"
                    + " ${DEFAULT-VALUE})")
    private URI url = URI.create("http://127.0.0.1:9001");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            description = "a driver's token, for a hub that requires one; its user id replaces --name (default:"
                    + " WAYBILL_TOKEN in the environment or in ./.env)")
    private @Nullable String token;

    @Option(
            names = "--pickup-after",
            paramLabel = "TIME",
            description = "the time from a pickup event to the pickup (default: 1.5s)")
    private Duration pickUpAfter = Duration.ofMillis(1_500);

    @Option(
            names = "--deliver-after",
            paramLabel = "TIME",
            description = "the time from the pickup to the delivery (default: 3s)")
    private Duration deliverAfter = Duration.ofSeconds(3);

    @Option(
            names = "--hands",
            paramLabel = "N",
            description = "how many parcels the driver carries at once (default: ${DEFAULT-VALUE})")
    private int handsMax = 50;

    @Option(
            names = "--scan",
            paramLabel = "CODE",
            description = "deliver the parcel with this code and exit; may be repeated")
    private List<String> codes = List.of();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "the form of the messages: ${COMPLETION-CANDIDATES} (default: phase3)")
    private Profile profile = Profile.phase3;

    DriverCommand(RandomGenerator random, Environment environment) {
        this.random = random;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var driver =
                Optional.ofNullable(name).orElseGet(() -> "driver-" + Integer.toHexString(random.nextInt(1 << 16)));
        var workPace = new WorkPace(pickUpAfter, deliverAfter, handsMax);
        var shown = Optional.ofNullable(token).or(() -> environment.find(Environment.TOKEN));
        try (var runner = new DriverRunner(new Endpoint(url, shown), driver, profile, EventPrinter.printer(profile))) {
            if (!codes.isEmpty()) {
                return runner.scan(codes).get() ? 0 : 1;
            }
            var scanInput = runner.start(workPace);
            Thread.ofPlatform().daemon().name("console").start(() -> readCommands(scanInput));
            runner.accessDenied().get();
            return 1;
        }
    }

    /// Reads the console until its end; a driver without a console runs until the process is stopped.
    private static void readCommands(DriverRunner.ScanInput scanInput) {
        var console = new Scanner(System.in, StandardCharsets.UTF_8);
        while (console.hasNextLine()) {
            var parts = console.nextLine().strip().split("\\s+", 2);
            if (parts[0].equals("scan") && parts.length == 2) {
                scanInput.scan(parts[1]);
            } else if (!parts[0].isEmpty()) {
                System.err.println("'" + parts[0] + "' (expected: scan CODE)");
            }
        }
    }
}
