package waybill.cli.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.json.JSONObject;

/// What became of a simulation over real sockets.
///
/// @param counts by what was counted
/// @param violations the first of them
public record SimulationReport(
        SimulationPlan plan, Map<String, Long> counts, List<String> violations, long violationCount) {

    public boolean isPassed() {
        return violationCount == 0;
    }

    public String text() {
        var lines = new StringBuilder();
        lines.append("simulation ")
                .append(plan.run())
                .append(" of ")
                .append(plan.address())
                .append('\n');
        lines.append("  %d drivers, %d orders, %d s, seed %d, faults: %s%n"
                .formatted(plan.drivers(), plan.orders(), plan.duration().toSeconds(), plan.seed(), faults()));
        new TreeMap<>(counts).forEach((what, count) -> lines.append("  %10d %s%n".formatted(count, what)));
        violations.forEach(
                violation -> lines.append("  violation: ").append(violation).append('\n'));
        return lines.append(violationCount == 0 ? "no violation" : violationCount + " violations")
                .append('\n')
                .toString();
    }

    private String faults() {
        return plan.faults().isEmpty()
                ? "none"
                : plan.faults().stream().map(Fault::wireName).sorted().collect(Collectors.joining(","));
    }

    public String json() {
        return new JSONObject()
                .put("run", plan.run())
                .put("hub", plan.address())
                .put("drivers", plan.drivers())
                .put("orders", plan.orders())
                .put("durationSeconds", plan.duration().toSeconds())
                .put("seed", plan.seed())
                .put("faults", faults())
                .put("counts", counts)
                .put("violationCount", violationCount)
                .put("violations", violations)
                .toString(2);
    }

    /// Writes `NAME.txt` and `NAME.json`.
    public void write(Path name) throws IOException {
        Files.writeString(name.resolveSibling(name.getFileName() + ".txt"), text());
        Files.writeString(name.resolveSibling(name.getFileName() + ".json"), json() + "\n");
    }
}
