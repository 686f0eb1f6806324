package waybill.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import waybill.bench.load.RunResult;

/// Formats the results of a load run as a Markdown table that is also readable as plain text. Figures are medians.
public final class ResultTable {

    /// With a busier generator, the generator may be the bottleneck.
    private static final double GENERATOR_CORES_MAX = 0.95;

    /// More than this, used by other processes, invalidates a run.
    private static final double OTHERS_CORES_MAX = 0.1;

    private static final String EMPTY_CELL = "–";

    private record Column(String title, Function<ResultRow, String> cell) {}

    // spotless:off
    private static final List<Column> COLUMNS = List.of(
            new Column("scenario",         ResultRow::scenario),
            new Column("server",           ResultRow::server),
            new Column("delivered/s",      number("%,.0f", RunResult::deliveredPerSecond)),
            new Column("CPU µs/delivered", number("%.2f",  RunResult::cpuUsPerDelivered)),
            new Column("p50 ms",           number("%.2f",  run -> run.p50Us() / 1e3)),
            new Column("p99 ms",           number("%.2f",  run -> run.p99Us() / 1e3)),
            new Column("connects/s",       number("%,.0f", idle(RunResult::connectsPerSecond))),
            new Column("CPU ms/connect",   number("%.2f",  idle(RunResult::cpuMsPerConnect))),
            new Column("RSS KB/idle",      number("%.1f",  idle(RunResult::rssKbPerConnection))),
            new Column("server cores",     number("%.2f",  RunResult::serverCores)),
            new Column("generator cores",  number("%.2f",  RunResult::generatorCores)),
            new Column("runs",             row -> Integer.toString(row.runs().size())),
            new Column("note",             ResultTable::remark));
    // spotless:on

    private static final int FIRST_NUMBER = 2;
    private static final int LAST_NUMBER = 11;

    private ResultTable() {}

    private static Function<ResultRow, String> number(String format, ToDoubleFunction<RunResult> figure) {
        return row -> {
            var median = row.median(figure);
            return Double.isFinite(median) ? String.format(Locale.ROOT, format, median) : EMPTY_CELL;
        };
    }

    /// Connecting is measured in the idle scenario only.
    private static ToDoubleFunction<RunResult> idle(ToDoubleFunction<RunResult> figure) {
        return run -> run.sentPerSecond() == 0 ? figure.applyAsDouble(run) : Double.NaN;
    }

    private static String remark(ResultRow row) {
        var notes = new ArrayList<String>();
        if (!row.failure().isEmpty()) {
            notes.add(row.failure().replace("|", "/"));
        }
        if (row.max(RunResult::generatorCores) > GENERATOR_CORES_MAX) {
            notes.add("the generator was the limit");
        }
        var others = row.max(RunResult::othersCores);
        if (others > OTHERS_CORES_MAX) {
            notes.add(String.format(Locale.ROOT, "noisy: others used %.2f cores", others));
        }
        var lost = (long) row.max(RunResult::lost);
        if (lost > 0) {
            notes.add(lost + " connections lost: "
                    + row.runs().stream()
                            .map(RunResult::firstLoss)
                            .filter(it -> !it.isEmpty())
                            .findFirst()
                            .orElse(""));
        }
        return String.join("; ", notes);
    }

    /// The table, one line per row.
    public static String render(List<ResultRow> rows) {
        var lines = new ArrayList<List<String>>();
        lines.add(COLUMNS.stream().map(Column::title).toList());
        rows.forEach(row ->
                lines.add(COLUMNS.stream().map(column -> column.cell.apply(row)).toList()));
        var widths = new int[COLUMNS.size()];
        for (var line : lines) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        var text = new StringBuilder();
        text.append(line(lines.getFirst(), widths)).append(rule(widths));
        lines.stream().skip(1).forEach(line -> text.append(line(line, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder("|");
        for (var i = 0; i < widths.length; i++) {
            var space = " ".repeat(widths[i] - cells.get(i).length());
            line.append(' ')
                    .append(isNumber(i) ? space + cells.get(i) : cells.get(i) + space)
                    .append(" |");
        }
        return line.append('\n').toString();
    }

    private static String rule(int[] widths) {
        var rule = new StringBuilder("|");
        for (var i = 0; i < widths.length; i++) {
            rule.append('-')
                    .append("-".repeat(widths[i]))
                    .append(isNumber(i) ? ":" : "-")
                    .append('|');
        }
        return rule.append('\n').toString();
    }

    private static boolean isNumber(int column) {
        return FIRST_NUMBER <= column && column <= LAST_NUMBER;
    }
}
