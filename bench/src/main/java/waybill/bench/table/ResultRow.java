package waybill.bench.table;

import java.util.List;
import java.util.function.ToDoubleFunction;
import waybill.bench.load.RunResult;

/// The results of one server in one scenario.
///
/// @param runs the results of each run; empty when the server is unavailable
/// @param failure why a run is missing, or empty
public record ResultRow(String scenario, String server, List<RunResult> runs, String failure) {

    /// The median of a figure over the runs; NaN when no run has it.
    double median(ToDoubleFunction<RunResult> figure) {
        var sorted = runs.stream()
                .mapToDouble(figure)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        var middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double max(ToDoubleFunction<RunResult> figure) {
        return runs.stream().mapToDouble(figure).filter(Double::isFinite).max().orElse(Double.NaN);
    }
}
