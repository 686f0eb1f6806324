package waybill.cli.demo;

import java.io.PrintStream;
import java.time.Duration;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.EventText;
import waybill.cli.caps.Profile;

/// Prints a line for each event, and now and then what goes on in the city, for pipes, files and plain terminals.
public final class LineView implements View {

    private static final int NAME_WIDTH = 13;
    private static final Duration BETWEEN_CITY_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final EventText text = new EventText(Profile.phase3);
    private String city = "";
    private long cityMs;

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
    public void refresh(Screen.Frame frame, long nowMs) {
        if (!frame.city().equals(city) && nowMs - cityMs >= BETWEEN_CITY_LINES.toMillis()) {
            city = frame.city();
            cityMs = nowMs;
            out.println(city);
        }
    }

    @Override
    public void close() {}
}
