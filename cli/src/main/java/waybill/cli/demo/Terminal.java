package waybill.cli.demo;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The terminal of the program. While it is open the view has its own screen; the previous content is restored on
/// close.
public final class Terminal implements AutoCloseable {

    private static final int WIDTH_MIN = 20;
    private static final int HEIGHT_MIN = 8;
    private static final int WIDTH_DEFAULT = 80;
    private static final int HEIGHT_DEFAULT = 24;
    private static final long SIZE_WAIT_MS = 500;

    private static final String OPEN = "\u001b[?1049h\u001b[?25l";
    private static final String CLOSE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final boolean isColoured;

    public Terminal(PrintStream out, boolean isColoured) {
        this.out = out;
        this.isColoured = isColoured;
        out.print(OPEN);
        out.flush();
    }

    /// Whether standard output is an interactive terminal that supports drawing.
    public static boolean isInteractive(@Nullable String term) {
        var console = Optional.ofNullable(System.console());
        return console.filter(Console::isTerminal).isPresent() && term != null && !term.equals("dumb");
    }

    /// A screen of the terminal's current size.
    public Screen screen() {
        var isPlain = !out.charset().equals(StandardCharsets.UTF_8);
        var size = size();
        return new Screen(Math.max(WIDTH_MIN, size.columns), Math.max(HEIGHT_MIN, size.rows), isColoured, isPlain);
    }

    public void show(List<String> lines) {
        out.print(HOME + String.join(REST_OF_LINE + "\r\n", lines) + REST_OF_LINE + REST_OF_SCREEN);
        out.flush();
    }

    @Override
    public void close() {
        out.print(CLOSE);
        out.flush();
    }

    private record Size(int rows, int columns) {}

    /// Java cannot read the size of a terminal, `stty` can.
    private static Size size() {
        try {
            var stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var parts = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            if (stty.waitFor(SIZE_WAIT_MS, TimeUnit.MILLISECONDS) && stty.exitValue() == 0 && parts.length == 2) {
                return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (IOException | NumberFormatException _) {
            return new Size(HEIGHT_DEFAULT, WIDTH_DEFAULT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new Size(HEIGHT_DEFAULT, WIDTH_DEFAULT);
    }
}
