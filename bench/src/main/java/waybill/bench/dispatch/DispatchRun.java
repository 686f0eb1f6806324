package waybill.bench.dispatch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import waybill.dispatch.DispatchWeights;

/// `waybill bench --scenarios dispatch`: days of deliveries under the hub's matching and under nearest-first, and how
/// long one decision takes.
public final class DispatchRun {

    private static final int GENERATED_DAYS = 4;
    private static final String ARCHIVE = "instances.tar.gz";

    private final Path target;
    private final Consumer<String> progress;

    /// @param target for files that are unpacked
    public DispatchRun(Path target, Consumer<String> progress) {
        this.target = target;
        this.progress = progress;
    }

    /// The table.
    ///
    /// @param data a folder of public days, one folder each, or with the archive of them; `null` for generated days
    public String run(@Nullable Path data) throws IOException, InterruptedException {
        var days = data == null ? generated() : read(data);
        var lines = new ArrayList<String>();
        lines.add("| policy | days | click-to-door mean | p50 | p90 min | delivered | orders a trip |");
        lines.add("|---|---:|---:|---:|---:|---:|---:|");
        lines.add(play("nearest driver at once", days, day -> {
            var travelTimes = Plane.atSpeed(day.metresPerMinute());
            return new DispatchPolicy.Nearest(travelTimes, DispatchPolicy.limits(day.metresPerMinute()));
        }));
        lines.add(play("matching", days, day -> {
            var travelTimes = Plane.atSpeed(day.metresPerMinute());
            return new DispatchPolicy.OfTheHub(
                    travelTimes, DispatchPolicy.limits(day.metresPerMinute()), DispatchWeights.defaults());
        }));
        progress.accept("timing decisions");
        lines.add("");
        lines.add(new DecisionTiming().measure());
        return String.join("\n", lines);
    }

    private static List<DeliveryDay> generated() {
        return LongStream.rangeClosed(1, GENERATED_DAYS)
                .mapToObj(GeneratedDay::of)
                .toList();
    }

    private List<DeliveryDay> read(Path data) throws IOException, InterruptedException {
        var archive = data.resolve(ARCHIVE);
        var folder = Files.exists(archive) ? unpack(archive) : data;
        try (Stream<Path> files = Files.list(folder)) {
            var days = new ArrayList<DeliveryDay>();
            for (var file : files.filter(Files::isDirectory).sorted().toList()) {
                days.add(DeliveryDay.read(file));
            }
            if (days.isEmpty()) {
                throw new IOException(data + " (expected: " + ARCHIVE + ", or a folder for each day)");
            }
            return days;
        }
    }

    private Path unpack(Path archive) throws IOException, InterruptedException {
        var folder = Files.createDirectories(target.resolve("mdrp"));
        var tar = new ProcessBuilder("tar", "-xzf", archive.toAbsolutePath().toString())
                .directory(folder.toFile())
                .inheritIO()
                .start();
        if (tar.waitFor() != 0) {
            throw new IOException("tar could not unpack " + archive);
        }
        return folder;
    }

    private String play(String name, List<DeliveryDay> days, Function<DeliveryDay, DispatchPolicy> policy) {
        var results = new ArrayList<DaySimulation.Result>();
        for (var day : days) {
            progress.accept(name + ": " + day.name() + ", " + (results.size() + 1) + " of " + days.size());
            results.add(new DaySimulation(day, policy.apply(day)).run());
        }
        var minutes = results.stream()
                .flatMap(result -> result.clickToDoorMinutes().stream())
                .sorted(Comparator.naturalOrder())
                .toList();
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.2f | %.0f | %.0f | %.2f %% | %.3f |",
                name,
                days.size(),
                mean(results, DaySimulation.Result::meanClickToDoor),
                percentile(minutes, 0.5),
                percentile(minutes, 0.9),
                100 * mean(results, DaySimulation.Result::delivered),
                (double) minutes.size()
                        / Math.max(
                                1,
                                results.stream()
                                        .mapToInt(DaySimulation.Result::trips)
                                        .sum()));
    }

    /// Of the days, each counting alike.
    private static double mean(List<DaySimulation.Result> results, Function<DaySimulation.Result, Double> value) {
        return results.stream().mapToDouble(value::apply).average().orElse(0);
    }

    private static double percentile(List<Double> sorted, double part) {
        var values = sorted.isEmpty() ? Collections.singletonList(0.0) : sorted;
        return values.get((int) Math.min(values.size() - 1L, Math.round(part * values.size())));
    }
}
