package waybill.cli.demo;

import java.io.PrintStream;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.Profile;

/// A line for each piece of news, for pipes, files and terminals that cannot be drawn on.
public final class LineView implements View {

    private static final int NAME_WIDTH = 13;

    private final PrintStream out;
    private final EventText words = new EventText(Profile.phase3);

    public LineView(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onEvent(String who, ClientEvent news) {
        for (var line : words.of(news)) {
            out.println(who + " ".repeat(Math.max(0, NAME_WIDTH - who.length())) + " | " + line);
        }
    }

    @Override
    public void refresh(Screen.Frame frame, long nowMs) {} // every line has been said

    @Override
    public void close() {}
}
