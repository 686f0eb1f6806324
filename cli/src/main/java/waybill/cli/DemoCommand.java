package waybill.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.cli.demo.Board;
import waybill.cli.demo.Browsers;
import waybill.cli.demo.DemoActors;
import waybill.cli.demo.LineView;
import waybill.cli.demo.QueueDepthPoller;
import waybill.cli.demo.Screen;
import waybill.cli.demo.ScreenView;
import waybill.cli.demo.Terminal;
import waybill.cli.demo.View;
import waybill.cli.driver.WorkPace;
import waybill.cli.vendor.Order;
import waybill.server.Config;
import waybill.server.PortSettings;

/// `waybill demo`.
@Command(
        name = "demo",
        description = {
            "A city of deliveries on a map in the browser, and the parcels of two stores in the terminal.",
            "The page that it prints signs in as the administrator; nothing leaves this machine."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {

    private static final Duration FRAME = Duration.ofMillis(200);
    private static final int FRAMES_PER_POLL = 5;
    private static final Duration UNLIMITED = Duration.ofDays(365);
    private static final WorkPace WORK_PACE = new WorkPace(Duration.ofMillis(1_500), Duration.ofSeconds(3), 50);

    /// The map shows all drivers from the beginning.
    private static final Duration OPEN_AFTER = Duration.ofSeconds(2);

    /// The dashboard, signed in as the administrator.
    private static final String PAGE = "/#admin";

    private final RandomGenerator random;
    private final InstantSource clock;
    private final Map<String, String> environment;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port of the hub, 0 for any free port (default: 9001)")
    private int port = Config.DEFAULT_PORT;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "the data directory, which is continued if it exists (default: a temporary one, deleted at the end)")
    private @Nullable Path data;

    @Mixin
    private CityOptions cityOptions = new CityOptions();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "the interval between two parcels of a store in the terminal (default: 5s)")
    private Duration every = Duration.ofSeconds(5);

    @Option(names = "--for", paramLabel = "TIME", description = "stop after this time (default: at Ctrl-C)")
    private Duration length = UNLIMITED;

    @Option(
            names = "--no-open",
            description = "open no browser (default: one is opened from an interactive terminal of a desktop)")
    private boolean opensNoBrowser;

    DemoCommand(RandomGenerator random, InstantSource clock, Map<String, String> environment) {
        this.random = random;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!environment.containsKey("WAYBILL_LOG")) {
            System.setProperty("WAYBILL_LOG", "WARN"); // the view shows the events
            System.setProperty("WAYBILL_LOG_EVENTS", "OFF");
        }
        try (var stop = StopSignal.onCtrlC(PortSettings.defaults().drain());
                var folder = DataDirectory.of(data)) {
            var city = cityOptions.city(folder.path());
            var config = city.config(Config.defaults(folder.path()).withPorts(List.of(port)));
            var board = new Board();
            try (var hub = RunningHub.start(config)) {
                run(hub.url(), city, folder, board, stop);
            }
            printSummary(board.snapshot(), city, folder);
        }
        return 0;
    }

    private void run(URI hub, DemoCity city, DataDirectory folder, Board board, StopSignal stop)
            throws InterruptedException {
        var start = clock.instant();
        var elapsed = Duration.ZERO;
        var page = hub.resolve(PAGE);
        var opensPage = !opensNoBrowser && Terminal.isInteractive(environment.get("TERM"));
        try (var view = view(page, board);
                var queues = new QueueDepthPoller(hub);
                var actors = new DemoActors(hub, every, WORK_PACE, () -> Order.random(random), (source, event) -> {
                    board.apply(event, clock.millis());
                    view.onEvent(source, event);
                });
                city) {
            actors.start();
            city.start(hub, clock);
            for (var frames = 0; elapsed.compareTo(length) < 0 && !stop.await(FRAME); frames++) {
                if (frames % FRAMES_PER_POLL == 0) {
                    queues.poll();
                }
                elapsed = Duration.between(start, clock.instant());
                if (opensPage && elapsed.compareTo(OPEN_AFTER) > 0) {
                    opensPage = false;
                    Browsers.open(page, environment);
                }
                view.refresh(
                        new Screen.Frame(page.toString(), folder.toString(), queues.depth(), elapsed, city.text()),
                        clock.millis());
            }
        }
    }

    private View view(URI page, Board board) {
        if (!Terminal.isInteractive(environment.get("TERM"))) {
            System.out.println("The map: " + page);
            return new LineView(System.out);
        }
        return new ScreenView(board, new Terminal(System.out, !environment.containsKey("NO_COLOR")));
    }

    private static void printSummary(Board.Snapshot end, DemoCity city, DataDirectory folder) {
        if (!city.text().isEmpty()) {
            System.out.println(city.text());
        }
        System.out.printf(
                "%d placed, %d delivered, %d in transit, none lost; %d customers thanked%n",
                end.placed(), end.delivered(), end.undelivered(), end.thanked());
        System.out.println(
                folder.isPersistent()
                        ? "Undelivered orders are stored in " + folder
                                + "; start again with the same --data to deliver them."
                        : "The data was deleted; with --data DIR the next demo continues where this one stopped.");
        System.out.println("Next: \"waybill serve\" starts a hub for your own clients; docs/caps.md and"
                + " http://localhost:9001/api/docs describe its API.");
        System.out.flush();
    }
}
