package waybill.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import waybill.bench.load.GeneratorProcess;
import waybill.bench.load.RunResult;
import waybill.bench.peer.ExternalTool;
import waybill.bench.peer.JavaCommand;
import waybill.bench.peer.Peer;
import waybill.bench.peer.PeerUnavailable;
import waybill.bench.peer.ServerProcess;
import waybill.bench.table.ResultRow;

/// Runs every scenario against every server, one server and one generator at a time, with the servers in turn: changes
/// of the machine affect all of them alike.
final class MeasurementRunner {

    /// The default secret of the tokens.
    private static final String SECRET = "a secret for the load run, not for use";

    record Plan(List<String> scenarios, int runs, int warmupSeconds, int seconds, int idleConnections) {}

    private record Key(String scenario, Peer peer) {}

    private final Plan plan;
    private final List<Peer> peers;
    private final Consumer<String> progress;
    private final boolean pins = ExternalTool.find("taskset").isPresent() && cores() > 1;
    private final Map<Peer, String> unavailable = new HashMap<>();
    private final Map<Key, String> failures = new HashMap<>();
    private final Map<Key, List<RunResult>> figures = new HashMap<>();

    MeasurementRunner(Plan plan, List<Peer> peers, Consumer<String> progress) {
        this.plan = plan;
        this.peers = peers;
        this.progress = progress;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /// The measured servers, one line each.
    List<String> prepare() {
        var versions = new ArrayList<String>();
        for (var peer : peers) {
            try {
                progress.accept("preparing " + peer.name());
                peer.prepare();
                versions.add(peer.name() + ": " + peer.version());
            } catch (PeerUnavailable reason) {
                markUnavailable(peer, reason);
                versions.add(peer.name() + ": cannot load: " + reason.reason());
            }
        }
        return versions;
    }

    private void markUnavailable(Peer peer, PeerUnavailable reason) {
        progress.accept(peer.name() + " cannot load: " + reason.reason());
        unavailable.put(peer, "cannot load: " + reason.reason());
    }

    List<ResultRow> run() throws InterruptedException {
        for (var run = 1; run <= plan.runs; run++) {
            for (var scenario : plan.scenarios) {
                for (var peer : peers) {
                    if (peer.takesPart(scenario) && !unavailable.containsKey(peer)) {
                        measure(new Key(scenario, peer), run);
                    }
                }
            }
        }
        return plan.scenarios.stream()
                .flatMap(scenario -> peers.stream()
                        .filter(peer -> peer.takesPart(scenario))
                        .map(peer -> row(new Key(scenario, peer))))
                .toList();
    }

    private ResultRow row(Key key) {
        var failure = unavailable.getOrDefault(key.peer, failures.getOrDefault(key, ""));
        return new ResultRow(key.scenario, key.peer.name(), figures.getOrDefault(key, List.of()), failure);
    }

    private void measure(Key key, int run) throws InterruptedException {
        progress.accept("run %d of %d: %s, %s".formatted(run, plan.runs, key.scenario, key.peer.name()));
        var pin = pins && key.peer.isSingleThreaded() ? List.of("taskset", "-c", "0") : List.<String>of();
        try (var server = ServerProcess.start(key.peer, pin, key.scenario, secret())) {
            figures.computeIfAbsent(key, _ -> new ArrayList<>()).add(generate(key.scenario, server));
        } catch (PeerUnavailable reason) {
            markUnavailable(key.peer, reason);
        } catch (IOException failure) {
            progress.accept("failed: " + failure.getMessage());
            failures.put(key, "run " + run + " failed: " + failure.getMessage());
        }
    }

    private static String secret() {
        return System.getenv().getOrDefault("BENCH_SECRET", SECRET);
    }

    private RunResult generate(String scenario, ServerProcess server) throws IOException, InterruptedException {
        var words = new ArrayList<String>();
        if (pins) {
            words.addAll(List.of("taskset", "-c", Integer.toString(cores() - 1)));
        }
        words.addAll(JavaCommand.forClass(GeneratorProcess.class, List.of("-Xmx1g", "-XX:+UseSerialGC")));
        words.addAll(List.of(
                scenario,
                Integer.toString(server.port()),
                Long.toString(server.pid()),
                Integer.toString(plan.warmupSeconds * 1_000),
                Integer.toString(plan.seconds * 1_000),
                Integer.toString(plan.idleConnections)));
        var builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("BENCH_SECRET", secret());
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the generator ended with status " + process.exitValue());
        }
        return parse(output);
    }

    private static RunResult parse(String json) throws JsonProcessingException {
        return new ObjectMapper().readValue(json, RunResult.class);
    }
}
