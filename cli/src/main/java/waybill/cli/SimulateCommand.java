package waybill.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.server.simulation.Simulation;
import waybill.server.simulation.SimulationResult;

/// `waybill simulate`.
@Command(
        name = "simulate",
        description = {
            "Runs simulations of a hub with its clients, while its network, its disk and its process fail.",
            "What happens follows from the seed: a seed that fails prints the command that runs it again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--seeds", paramLabel = "N", description = "how many seeds to run (default: ${DEFAULT-VALUE})")
    private int seeds = 300;

    @Option(names = "--seed", paramLabel = "S", description = "the first of them (default: ${DEFAULT-VALUE})")
    private long first = 1;

    @Option(names = "--verbose", description = "print what the hub logs; only for one seed")
    private boolean verbose;

    private final List<SimulationResult> results = new ArrayList<>(); // guarded by itself

    @Override
    public Integer call() {
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds: " + seeds + " (expected: at least 1)");
        }
        if (!verbose) {
            ((LoggerContext) LoggerFactory.getILoggerFactory())
                    .getLoggerList()
                    .forEach(logger -> logger.setLevel(Level.OFF));
        }
        LongStream.range(first, first + seeds)
                .parallel()
                .mapToObj(SimulateCommand::run)
                .forEach(this::report);
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

    private void report(SimulationResult result) {
        synchronized (results) {
            results.add(result);
            result.violation().ifPresent(System.out::println);
            if (results.size() % Math.max(1, seeds / 20) == 0) {
                System.out.printf("%d of %d seeds%n", results.size(), seeds);
            }
        }
    }

    private static SimulationResult run(long seed) {
        try {
            var directory = Files.createTempDirectory("waybill-simulation");
            try {
                return Simulation.run(seed, directory);
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
