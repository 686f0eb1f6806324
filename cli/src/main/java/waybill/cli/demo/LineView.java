package waybill.cli.demo;

import java.io.PrintStream;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.Profile;

/// Prints a line for each event, for pipes, files and plain terminals.
public final class LineView implements View {

    private static final int NAME_WIDTH = 13;

    private final PrintStream out;
    private final EventText text = new EventText(Profile.phase3);

    public LineView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onEvent(String source, ClientEvent event) {
        for (var line : text.of(event)) {
            out.println(source + " ".repeat(Math.max(0, NAME_WIDTH - source.length())) + " | " + line);
        }
    }

    @Override
    public void refresh(Screen.Frame frame, long nowMs) {} // every line is printed already

    @Override
    public void close() {}
}
