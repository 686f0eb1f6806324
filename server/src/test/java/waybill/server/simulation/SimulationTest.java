package waybill.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SimulationTest {

    private static final int SEEDS = 300;
    private static final int SEEDS_OF_NODES = 8;
    private static final int NODES_MAX = 3;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("ROOT");
    private static final Level LEVEL = LOG.getLevel();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /// The hub logs every fault that a simulation causes.
    @BeforeAll
    static void logNothing() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void logAgain() {
        LOG.setLevel(LEVEL);
    }

    @Test
    void nothingIsLostRepeatedOrToldToAStrangerWhateverFails() {
        var results =
                LongStream.rangeClosed(1, SEEDS).parallel().mapToObj(this::run).toList();
        assertThat(results.stream().flatMap(result -> result.violation().stream()))
                .isEmpty();
        assertThat(sum(results, SimulationResult::offers))
                .containsKeys("accepted", "by name", "declined", "expired", "to all");
        assertThat(sum(results, SimulationResult::notices))
                .containsKeys("mail dead", "mail delivered", "push dead", "push delivered", "push skipped");
    }

    @Test
    void severalNodesLoseRepeatAndTellAStrangerNothingWhileTheyAreCutOffFromEachOther() {
        var results = LongStream.rangeClosed(1, SEEDS_OF_NODES)
                .parallel()
                .mapToObj(seed -> run(seed, seed % 2 == 0 ? 2 : NODES_MAX))
                .toList();
        assertThat(results.stream().flatMap(result -> result.violation().stream()))
                .isEmpty();
        assertThat(results).anyMatch(result -> result.restarts() > 1);
        assertThat(results).allMatch(result -> result.acknowledged() > 10 && result.received() > 100);
    }

    private static Map<String, Integer> sum(
            List<SimulationResult> results, Function<SimulationResult, Map<String, Integer>> counts) {
        var sum = new TreeMap<String, Integer>();
        results.forEach(result -> counts.apply(result).forEach((what, count) -> sum.merge(what, count, Integer::sum)));
        return sum;
    }

    @Test
    void aSeedRunsTheSameWayAgain() {
        var first = Simulation.run(7, directory.resolve("first"));
        var again = Simulation.run(7, directory.resolve("again"));
        assertThat(again).isEqualTo(first);
        var nodes = Simulation.run(7, NODES_MAX, directory.resolve("nodes"));
        assertThat(Simulation.run(7, NODES_MAX, directory.resolve("nodes-again")))
                .isEqualTo(nodes);
    }

    @Test
    void seedsCauseRestartsAndCommitWhatClientsAreAcknowledged() {
        var results = LongStream.rangeClosed(3, 7).mapToObj(this::run).toList();
        assertThat(results).extracting(SimulationResult::trace).doesNotHaveDuplicates();
        assertThat(results).allMatch(result -> result.acknowledged() > 10 && result.received() > 100);
        assertThat(results).anyMatch(result -> result.restarts() > 1);
        assertThat(results.stream().mapToLong(SimulationResult::arrivals).sum()).isGreaterThan(1);
        assertThat(results).allMatch(result -> result.webhooks() >= result.events());
    }

    private SimulationResult run(long seed) {
        return run(seed, 1);
    }

    private SimulationResult run(long seed, int nodes) {
        return Simulation.run(seed, nodes, directory.resolve(nodes + "-nodes-" + seed));
    }
}
