package waybill.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import waybill.bench.arrival.ArrivalRun;
import waybill.bench.dispatch.DispatchRun;
import waybill.bench.eta.EtaRun;
import waybill.bench.load.Scenario;
import waybill.bench.orders.JobRun;
import waybill.bench.orders.OrderRun;
import waybill.bench.peer.Peers;
import waybill.bench.search.SearchRun;
import waybill.bench.table.MachineInfo;
import waybill.bench.table.ResultTable;

/// `waybill bench`: compares the hub with its peers and prints one table.
@Command(
        name = "waybill bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {OrderRun.class, JobRun.class, SearchRun.class},
        description = "Measures this server and its peers one at a time and prints one table. "
                + "The figures are valid only while nothing else runs on the machine.")
public final class LoadRun implements Callable<Integer> {

    private static final String DISPATCH = "dispatch";
    private static final String ETA = "eta";
    private static final String ARRIVAL = "arrival";

    /// The time to start a server, connect all clients and stop both.
    private static final int OVERHEAD_S = 8;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description = "servers: ws, uws, netty-socketio, waybill, engine (all but engine)")
    private List<String> peers = Peers.DEFAULT;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "scenarios: tracking, tracking-paced, fanout, idle, caps (all of these); "
                    + "or dispatch, eta or arrival alone, without peers")
    private List<String> scenarios = Scenario.NAMES;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "runs of each scenario; the table has medians (${DEFAULT-VALUE})")
    private int runs = 3;

    @Option(names = "--warmup", paramLabel = "S", description = "seconds before measuring (${DEFAULT-VALUE})")
    private int warmupSeconds = 11;

    @Option(names = "--seconds", paramLabel = "S", description = "seconds of measuring (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--loops", split = ",", paramLabel = "N", description = "event loops of the hub (${DEFAULT-VALUE})")
    private List<Integer> loops = List.of(1);

    @Option(names = "--idle", paramLabel = "N", description = "connections of the idle scenario (${DEFAULT-VALUE})")
    private int idleConnections = Scenario.Size.FULL.idle();

    @Option(
            names = "--jvm",
            paramLabel = "OPTION",
            description = "an additional option for the JVM of the hub; may be repeated")
    private List<String> jvmOptions = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "recorded data: deliveries for dispatch (default: generated days) and for eta, traces for arrival (default: generated ones)")
    private @Nullable Path data;

    @Option(names = "--record", description = "append the table to bench/RESULTS.md")
    private boolean isRecorded;

    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadRun()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException, URISyntaxException {
        var bench = folder();
        if (scenarios.equals(List.of(DISPATCH))) {
            System.out.println(new DispatchRun(bench.resolve("target"), LoadRun::print).run(data));
            return 0;
        }
        if (scenarios.equals(List.of(ETA))) {
            System.out.println(EtaRun.run(requireData()));
            return 0;
        }
        if (scenarios.equals(List.of(ARRIVAL))) {
            System.out.println(new ArrivalRun().run(data));
            return 0;
        }
        var node = System.getenv("WAYBILL_BENCH_PEERS");
        var packages =
                node == null ? bench.resolve("peers/node") : Path.of(node).toAbsolutePath();
        var data = Files.createTempDirectory(bench.resolve("target"), "data");
        var plan = new MeasurementRunner.Plan(scenarios, runs, warmupSeconds, seconds, idleConnections);
        var measurements = new MeasurementRunner(
                plan, Peers.named(peers, loops, bench.resolve("peers"), packages, data, jvmOptions()), LoadRun::print);
        var versions = measurements.prepare();
        print("takes about %d minutes".formatted(1 + minutes()));
        var table = ResultTable.render(measurements.run());
        System.out.println(table);
        delete(data);
        if (isRecorded) {
            Files.writeString(
                    bench.resolve("RESULTS.md"),
                    section(versions, table),
                    StandardOpenOption.APPEND,
                    StandardOpenOption.CREATE);
        }
        return 0;
    }

    private Path requireData() {
        if (data == null) {
            throw new IllegalArgumentException("--data: missing (expected: a folder of recorded deliveries)");
        }
        return data;
    }

    /// The hub's JVM gets the options of this one, which are those of `waybill serve`, and the requested ones.
    private List<String> jvmOptions() {
        var options = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        options.addAll(jvmOptions);
        return options;
    }

    private static void delete(Path folder) throws IOException {
        try (var contents = Files.walk(folder)) {
            for (var path : contents.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private int minutes() {
        var servers = peers.size() + (peers.contains("waybill") ? loops.size() - 1 : 0);
        return runs * scenarios.size() * servers * (warmupSeconds + seconds + OVERHEAD_S) / 60;
    }

    /// The `bench` folder, derived from the location of this class.
    private static Path folder() throws URISyntaxException {
        var classes = Path.of(LoadRun.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return classes.resolve("../..").normalize();
    }

    private String section(List<String> versions, String table) {
        return """

                ## %s

                %s. Medians of %d runs of %d s, each after %d s of warm-up.

                - %s

                %s""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        MachineInfo.describe(),
                        runs,
                        seconds,
                        warmupSeconds,
                        String.join("\n- ", versions),
                        table);
    }

    private static void print(String line) {
        System.err.println("bench: " + line);
    }
}
