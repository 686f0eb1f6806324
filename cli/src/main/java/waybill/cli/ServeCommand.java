package waybill.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.server.Config;

/// `waybill serve`.
@Command(
        name = "serve",
        description = {
            "The hub: Socket.IO and REST on one port, until Ctrl-C.",
            "PORT and CLIENT_URL are read from the environment, or else from a .env file in the working directory; an"
                    + " option takes precedence.",
            "The events that clients send over sockets are logged to standard error with their payloads;"
                    + " WAYBILL_LOG_EVENTS=OFF turns this off."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private final ServeOptions options;

    @Option(
            names = "--log-sent",
            description = "log every event and ack that is sent to clients, except positions, ETAs and the auth:"
                    + " events of expiring tokens (default: only what clients send)")
    private boolean logSent;

    /// How a line of the log is written.
    enum LogFormat {
        text,
        json
    }

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "the form of the log's lines: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private LogFormat logFormat = LogFormat.text;

    ServeCommand(Environment environment) {
        options = new ServeOptions(environment);
    }

    /// The configuration of the hub.
    Config config() {
        return options.config();
    }

    @Override
    public Integer call() throws InterruptedException {
        if (logSent) {
            System.setProperty("WAYBILL_LOG_SENT", "INFO"); // read when the first line is logged
        }
        if (logFormat == LogFormat.json) {
            System.setProperty("WAYBILL_LOG_FORMAT", "json"); // read when the first line is logged
        }
        var config = options.config();
        OldGenerationCollector.collectOnGrowth();
        try (var stop = StopSignal.onCtrlC(config.web().port().drain());
                var hub = RunningHub.start(config)) {
            System.out.println(banner(hub.urls(), config));
            stop.await();
        }
        return 0;
    }

    /// What the operator reads once the hub listens.
    private String banner(List<URI> urls, Config config) {
        var development = config.identity().isDevelopment();
        var first = urls.getFirst();
        var lines = new ArrayList<String>();
        lines.add("Server running on port " + first.getPort() + ": Waybill listens on "
                + urls.stream().map(URI::toString).collect(Collectors.joining(", ")) + ", data in " + options.data()
                + (options.usesPostgres() ? " and in PostgreSQL" : ""));
        lines.add(
                "Socket.IO initialized: /, /customer, /delivery, /admin, /caps, /realtime, /marketplace, /storefront");
        lines.add(
                development
                        ? "Development mode: clients are trusted without a token, so only this machine may connect."
                        : "Secured mode: clients need a token.");
        lines.add("Dashboard: " + first + "/, REST API reference: " + first + "/api/docs");
        config.adminUi()
                .ifPresent(account -> lines.add("Socket.IO Admin UI: " + first + "/admin-ui, as " + account.user()));
        lines.add(
                development
                        ? "Next: ./waybill driver, and ./waybill vendor --store acme-widgets, each in another terminal."
                        : "Next: ./waybill token --help, to create a token.");
        return String.join(System.lineSeparator(), lines);
    }
}
