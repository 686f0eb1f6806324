package waybill.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.server.simulation.Simulation;
import waybill.server.simulation.SimulationResult;

/// `waybill simulate`.
@Command(
        name = "simulate",
        description = {
            "Without --url: simulates hubs with their clients in this process, while their networks, disks and processes fail."
                    + " What happens follows from the seed: a seed that fails prints the command that runs it again.",
            "With --url: drives the hub at that address by real sockets, through a network that fails, and compares what its"
                    + " clients were acknowledged and have received with what the hub has committed. It places orders and"
                    + " emits events: use a hub without users.",
            "Exits with 1 if an invariant is violated."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {

    private static final int SEEDS = 300;
    private static final int NODES_MAX = 3;

    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds to run (default: 300); not with --url")
    private @Nullable Integer seeds;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "the first of them, or what the random choices with --url follow from (default: ${DEFAULT-VALUE})")
    private long first = 1;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description =
                    "nodes of the hub on one database, 1..3, which are also cut off from each other and from the database"
                            + " (default: ${DEFAULT-VALUE}); not with --url")
    private int nodes = 1;

    @Option(names = "--verbose", description = "print what the hub logs; only for one seed")
    private boolean verbose;

    @Mixin
    private SocketSimulationOptions sockets = new SocketSimulationOptions();

    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final List<SimulationResult> results = new ArrayList<>(); // guarded by itself

    SimulateCommand(SecureRandom random, InstantSource clock, Map<String, String> environment) {
        this.random = random;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        var plan = sockets.plan(first, random);
        if (plan.isEmpty()) {
            return runSeeds(seeds == null ? SEEDS : seeds);
        }
        if (seeds != null) {
            throw new IllegalArgumentException("--seeds: given with --url (expected: one of them)");
        }
        if (nodes != 1) {
            throw new IllegalArgumentException("--nodes: given with --url (expected: one of them)");
        }
        return sockets.run(plan.get(), clock, environment) ? 0 : 1;
    }

    private int runSeeds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("--seeds: " + count + " (expected: at least 1)");
        }
        if (nodes < 1 || nodes > NODES_MAX) {
            throw new IllegalArgumentException("--nodes: " + nodes + " (expected: 1.." + NODES_MAX + ")");
        }
        if (!verbose) {
            ((LoggerContext) LoggerFactory.getILoggerFactory())
                    .getLoggerList()
                    .forEach(logger -> logger.setLevel(Level.OFF));
        }
        LongStream.range(first, first + count).parallel().mapToObj(this::run).forEach(result -> report(result, count));
        var failed = results.stream()
                .filter(result -> result.violation().isPresent())
                .count();
        System.out.printf(
                "%d seeds, %d failed: %d committed events, %d acks, %d messages, %d restarts%n",
                results.size(),
                failed,
                results.stream().mapToLong(SimulationResult::events).sum(),
                results.stream().mapToLong(SimulationResult::acknowledged).sum(),
                results.stream().mapToLong(SimulationResult::received).sum(),
                results.stream().mapToLong(SimulationResult::restarts).sum());
        return failed == 0 ? 0 : 1;
    }

    private void report(SimulationResult result, int count) {
        synchronized (results) {
            results.add(result);
            result.violation().ifPresent(System.out::println);
            if (results.size() % Math.max(1, count / 20) == 0) {
                System.out.printf("%d of %d seeds%n", results.size(), count);
            }
        }
    }

    private SimulationResult run(long seed) {
        try {
            var directory = Files.createTempDirectory("waybill-simulation");
            try {
                return Simulation.run(seed, nodes, directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
