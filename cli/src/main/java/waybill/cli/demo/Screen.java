package waybill.cli.demo;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import waybill.cli.demo.Board.Row;
import waybill.cli.demo.Board.Snapshot;
import waybill.cli.demo.Board.Stage;

/// Renders the board as text of a given width and height. Independent of a terminal.
///
/// @param isPlain whether to use only ASCII characters
public record Screen(int width, int height, boolean isColoured, boolean isPlain) {

    /// The data around the board.
    ///
    /// @param city what goes on in the city; empty without one
    public record Frame(String hub, String data, long queued, Duration elapsed, String city) {}

    private static final int LINES_AROUND_ROWS = 7;
    /// A lower screen omits it.
    private static final int LEGEND_HEIGHT_MIN = 20;

    private static final String LEGEND = " thanked: the store was notified.  queued: messages not yet confirmed";
    private static final int STORE_WIDTH = 14;
    private static final int ID_WIDTH = 8;
    private static final int CUSTOMER_WIDTH = 17;
    private static final int TRACK_WIDTH = 10;
    private static final int WORDS_WIDTH = 10;
    private static final int WIDE = 76;
    private static final int MEDIUM = 56;

    public List<String> render(Snapshot snapshot, Frame frame, long nowMs) {
        var lines = new ArrayList<String>();
        lines.add(title(frame));
        lines.add(painter()
                .write(Style.DIM, frame.city.isEmpty() ? "" : ' ' + frame.city)
                .line());
        lines.add(totals(snapshot, frame));
        lines.add(rule());
        var legendLines = height >= LEGEND_HEIGHT_MIN ? 1 : 0;
        var room = Math.max(0, height - LINES_AROUND_ROWS - legendLines);
        choose(snapshot.rows(), room).stream().map(row -> line(row, nowMs)).forEach(lines::add);
        while (lines.size() < height - 3 - legendLines) {
            lines.add("");
        }
        lines.add(rule());
        lines.add(painter().write(Style.RED, ' ' + snapshot.problem()).line());
        if (legendLines > 0) {
            lines.add(painter().write(Style.DIM, LEGEND).line());
        }
        lines.add(painter()
                .write(Style.DIM, " Ctrl-C stops.  data in " + frame.data)
                .line());
        return lines;
    }

    /// As many rows as fit, with a similar share for every stage: undelivered parcels above, delivered ones below.
    private static List<Row> choose(List<Row> rows, int room) {
        var waiting = new ArrayDeque<Row>();
        var inTransit = new ArrayDeque<Row>();
        var delivered = new ArrayDeque<Row>();
        for (var row : rows) {
            switch (row.stage()) {
                case PLACED, PICKING_UP -> waiting.add(row);
                case IN_TRANSIT -> inTransit.add(row);
                case DELIVERED -> delivered.add(row);
            }
        }
        var kinds = List.of(waiting, inTransit, delivered);
        var chosen = new EnumMap<Stage, List<Row>>(Stage.class);
        for (var left = Math.min(room, rows.size()); left > 0; ) {
            for (var kind : kinds) {
                if (left > 0 && !kind.isEmpty()) {
                    var row = kind.remove();
                    chosen.computeIfAbsent(row.stage(), _ -> new ArrayList<>()).add(row);
                    left--;
                }
            }
        }
        return chosen.values().stream().flatMap(List::stream).toList();
    }

    private String title(Frame frame) {
        var clock = "%d:%02d ".formatted(frame.elapsed.toMinutes(), frame.elapsed.toSecondsPart());
        var room = Math.max(0, width - clock.length());
        return painter()
                .write(Style.TITLE, padded(" WAYBILL  " + frame.hub, room) + clock)
                .line();
    }

    private String totals(Snapshot snapshot, Frame frame) {
        var gap = width >= WIDE ? "   " : " ";
        return painter()
                .write(" ")
                .write(Style.YELLOW, "" + snapshot.placed())
                .write(" placed" + gap)
                .write(Style.CYAN, "" + snapshot.inTransit())
                .write(" in transit" + gap)
                .write(Style.GREEN, "" + snapshot.delivered())
                .write(" delivered" + gap)
                .write(Style.GREEN, "" + snapshot.thanked())
                .write(" thanked" + gap)
                .write(Style.BOLD, "" + frame.queued)
                .write(" queued")
                .line();
    }

    private String line(Row row, long nowMs) {
        var style = style(row.stage());
        var painter = painter().write(' ' + cell(row.store(), STORE_WIDTH)).write(Style.DIM, cell(row.id(), ID_WIDTH));
        if (width >= MEDIUM) {
            painter.write(cell(row.customer(), CUSTOMER_WIDTH));
        }
        if (width >= WIDE) {
            painter.write(style, cell(track(row.stage()), TRACK_WIDTH));
        }
        painter.write(style, padded(text(row.stage()), WORDS_WIDTH));
        if (width >= WIDE) {
            painter.write(Style.DIM, "%6.1f s".formatted(Math.max(0, nowMs - row.sinceMs()) / 1_000.0));
        }
        return painter.line();
    }

    private Painter painter() {
        return new Painter(width, isColoured);
    }

    private String track(Stage stage) {
        var dots = new StringBuilder();
        for (var each : Stage.values()) {
            var isReached = each.compareTo(stage) <= 0;
            if (each != Stage.PLACED) {
                dots.append(isPlain ? isReached ? "==" : "--" : isReached ? "━━" : "──");
            }
            dots.append(isPlain ? isReached ? "*" : "o" : isReached ? "●" : "○");
        }
        return dots.toString();
    }

    private static String text(Stage stage) {
        return switch (stage) {
            case PLACED -> "placed";
            case PICKING_UP -> "picking up";
            case IN_TRANSIT -> "in transit";
            case DELIVERED -> "delivered";
        };
    }

    private static Style style(Stage stage) {
        return switch (stage) {
            case PLACED, PICKING_UP -> Style.YELLOW;
            case IN_TRANSIT -> Style.CYAN;
            case DELIVERED -> Style.GREEN;
        };
    }

    private String rule() {
        return painter().write(Style.DIM, (isPlain ? "-" : "─").repeat(width)).line();
    }

    /// Text in a column of the table.
    private static String cell(String text, int columns) {
        return padded(text, columns) + "  ";
    }

    private static String padded(String text, int columns) {
        var fitting = text.length() <= columns ? text : text.substring(0, columns);
        return fitting + " ".repeat(columns - fitting.length());
    }
}
