package waybill.bench.arrival;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import waybill.bench.arrival.ArrivalReplay.StopResult;
import waybill.bench.arrival.Trace.Visit;
import waybill.tracking.Fix;

/// `waybill bench --scenarios arrival`: how many arrivals a stop has, how many a place that is passed at speed, and
/// how far their times are from when the trace entered the circle of the stop. A plain fence beside it counts how
/// often it is entered.
public final class ArrivalRun {

    private static final String HEADER = """
            | traces | stops | one arrival | none | more | fence: more | error p50 | p90 s | passed | arrivals | fence |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|""";

    private final int seedsOfRecorded;
    private final int seedsOfGenerated;

    /// The counts of a group of traces.
    static final class Tally {

        private final String name;
        private final List<Double> errorsS = new ArrayList<>();
        private int stops;
        private int none;
        private int more;
        private int fenceMore;
        private int passed;
        private int passedArrivals;
        private int passedFence;

        Tally(String name) {
            this.name = name;
        }

        private void addStop(Visit visit, StopResult result) {
            stops++;
            var times = result.arrivedAtMs();
            none += times.isEmpty() ? 1 : 0;
            more += times.size() > 1 ? 1 : 0;
            fenceMore += result.fenceEntries() > 1 ? 1 : 0;
            if (times.size() == 1) {
                errorsS.add(Math.abs(times.getFirst() - visit.arrivedAtMs()) / 1_000.0);
            }
        }

        private void addPass(StopResult result) {
            passed++;
            passedArrivals += result.arrivedAtMs().size();
            passedFence += result.fenceEntries();
        }

        int stops() {
            return stops;
        }

        int withOneArrival() {
            return errorsS.size();
        }

        int passed() {
            return passed;
        }

        int arrivalsAtPassed() {
            return passedArrivals;
        }

        int fenceEntriesAtPassed() {
            return passedFence;
        }

        double errorS(double quantile) {
            var sorted = errorsS.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile));
        }

        private String row() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %,d | %,d | %,d | %.1f | %.1f | %,d | %,d | %,d |",
                    name,
                    stops,
                    withOneArrival(),
                    none,
                    more,
                    fenceMore,
                    errorS(0.5),
                    errorS(0.9),
                    passed,
                    passedArrivals,
                    passedFence);
        }
    }

    /// @param seedsOfRecorded how often the noise of a phone is drawn for each recorded trace
    ArrivalRun(int seedsOfRecorded, int seedsOfGenerated) {
        this.seedsOfRecorded = seedsOfRecorded;
        this.seedsOfGenerated = seedsOfGenerated;
    }

    public ArrivalRun() {
        this(100, 2_000);
    }

    /// The table.
    ///
    /// @param data a folder of recorded traces; generated ones alone without it
    public String run(@Nullable Path data) throws IOException {
        var rows = new ArrayList<String>();
        rows.add(HEADER);
        if (data != null) {
            var recorded = TraceFiles.read(data);
            rows.add(recorded(recorded).row());
            rows.add(noisy("recorded, with noise", recorded, seedsOfRecorded).row());
        }
        rows.add(generated().row());
        return String.join("\n", rows);
    }

    private static Tally recorded(List<Trace> traces) {
        var tally = new Tally("recorded");
        traces.forEach(trace -> add(trace, asRecorded(trace), tally));
        return tally;
    }

    private static Tally noisy(String name, List<Trace> traces, int seeds) {
        var tally = new Tally(name);
        for (var trace : traces) {
            LongStream.range(0, seeds)
                    .forEach(seed -> add(trace, NoisyPhone.fixes(trace, ArrivalReplay.DRIVER, seed), tally));
        }
        return tally;
    }

    Tally generated() {
        var tally = new Tally("generated");
        LongStream.range(0, seedsOfGenerated).forEach(seed -> {
            var trace = GeneratedTrace.tour(seed);
            add(trace, NoisyPhone.fixes(trace, ArrivalReplay.DRIVER, seed), tally);
        });
        return tally;
    }

    private static void add(Trace trace, List<Fix> fixes, Tally tally) {
        var visits = trace.visits();
        var results = ArrivalReplay.replay(fixes, visits);
        for (var i = 0; i < visits.size(); i++) {
            tally.addStop(visits.get(i), results.get(i));
        }
        for (var place : trace.passes()) {
            var passing = new Visit(place, 0, Long.MAX_VALUE);
            tally.addPass(ArrivalReplay.replay(fixes, List.of(passing)).getFirst());
        }
    }

    private static List<Fix> asRecorded(Trace trace) {
        return trace.points().stream()
                .map(point -> new Fix(
                        ArrivalReplay.DRIVER,
                        point.position(),
                        Fix.UNKNOWN,
                        Fix.UNKNOWN,
                        Fix.UNKNOWN,
                        point.atMs(),
                        point.atMs()))
                .toList();
    }
}
