package waybill.bench.orders;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.hub.dispatch.DispatchSettings;
import waybill.server.Config;
import waybill.server.DatabaseConfig;
import waybill.server.OrderSettings;
import waybill.server.Parts;
import waybill.server.Platform;
import waybill.server.StartedParts;

/// `waybill bench orders`: measures how many order commands a second the use case commits, each on disk before its
/// response.
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the order commands alone, each synced to the disk before its response: orders "
                + "placed, orders placed and moved through five transitions, and the latency at a fixed rate.")
public final class OrderRun implements Callable<Integer> {

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "clients that each wait for a response (${DEFAULT-VALUE})")
    private int clients = 256;

    @Option(names = "--warmup", paramLabel = "S", description = "seconds before measuring (${DEFAULT-VALUE})")
    private int warmupSeconds = 8;

    @Option(names = "--seconds", paramLabel = "S", description = "seconds of measuring (${DEFAULT-VALUE})")
    private int seconds = 6;

    @Option(names = "--rate", paramLabel = "N", description = "commands a second of the paced run (${DEFAULT-VALUE})")
    private int rate = 2_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the temporary databases (${DEFAULT-VALUE})")
    private Path parent = Path.of("bench/target");

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "an empty PostgreSQL database, in which the orders are placed (default: SQLite)")
    private Optional<String> database = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        measure("place", OrderClient.Life.PLACED, Optional.empty());
        measure("place and five transitions", OrderClient.Life.PICKED_UP, Optional.empty());
        measure("the same at " + rate + "/s", OrderClient.Life.PICKED_UP, Optional.of(rate));
        return 0;
    }

    private void measure(String name, OrderClient.Life life, Optional<Integer> commandsPerSecond)
            throws IOException, InterruptedException {
        Files.createDirectories(parent);
        var data = Files.createTempDirectory(parent, "orders");
        var config = Config.defaults(data)
                .withDatabase(new DatabaseConfig(database, Optional.empty()))
                .withOrders(new OrderSettings("WB", Duration.ZERO, Duration.ZERO, Duration.ZERO)
                        .withDispatch(DispatchSettings.defaults()
                                .withStrategy(DispatchSettings.Strategy.OFF))); // no deadlines
        try (var started = new StartedParts()) {
            var orders = Parts.start(config, Platform.system(), started).core().orders();
            var crowd = new OrderCrowd(orders, clients, life, commandsPerSecond);
            crowd.start();
            crowd.measure(Duration.ofSeconds(warmupSeconds));
            var cpuBefore = cpuNanos();
            var result = crowd.measure(Duration.ofSeconds(seconds));
            var cpu = cpuNanos() - cpuBefore;
            crowd.stop();
            System.out.printf(
                    Locale.ROOT,
                    "%-28s %,9.0f commands/s  CPU %6.1f µs/command  p50 %6.2f ms  p99 %6.2f ms%n",
                    name,
                    result.commands() / (double) seconds,
                    cpu / 1e3 / result.commands(),
                    result.latency().getValueAtPercentile(50) / 1e3,
                    result.latency().getValueAtPercentile(99) / 1e3);
        } finally {
            delete(data);
        }
    }

    static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    static void delete(Path folder) throws IOException {
        try (var contents = Files.walk(folder)) {
            for (var path : contents.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
