package waybill.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.cli.caps.Profile;
import waybill.server.Config;
import waybill.server.OrderSettings;
import waybill.server.WebSettings;
import waybill.server.rest.RestSettings;

/// `waybill serve`.
@Command(
        name = "serve",
        description = {
            "The hub: Socket.IO and REST on one port, until Ctrl-C.",
            "Every event is logged to standard error; WAYBILL_LOG_EVENTS=OFF keeps that quiet."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {

    private final Map<String, String> environment;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "where to listen, 0 for any port that is free; may be repeated (default: 9001)")
    private List<Integer> ports = List.of(Config.DEFAULT_PORT);

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "the address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(names = "--data", paramLabel = "DIR", description = "what is kept is kept here (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "for clients that do not say: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Profile profile = Profile.merged;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "a web origin whose pages may connect besides those of this machine and of the hub itself:"
                    + " https://shop.example, https://*.shop.example, or * for any (without cookies); may be repeated")
    private Set<String> origins = Set.of();

    @Option(
            names = "--order-prefix",
            paramLabel = "TEXT",
            description = "what the numbers of orders begin with (default: ${DEFAULT-VALUE})")
    private String orderPrefix = OrderSettings.defaults().numberPrefix();

    @Option(
            names = "--accept-within",
            paramLabel = "TIME",
            description = "how long a store has to accept an order before it expires, 0 for ever (default: 60s)")
    private Duration acceptWithin = OrderSettings.defaults().acceptWithin();

    @Option(
            names = "--store",
            paramLabel = "ID",
            description = "whose an order is that comes over REST and names no store (default: ${DEFAULT-VALUE})")
    private String store = RestSettings.defaults().store();

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "in which money is that names no currency (default: ${DEFAULT-VALUE})")
    private String currency = RestSettings.defaults().currency();

    @Option(
            names = "--rest-rate",
            paramLabel = "N",
            description =
                    "REST requests of one user in a second, reads and writes apart, 0 for any (default: ${DEFAULT-VALUE})")
    private int restRate = RestSettings.defaults().readsPerSecond();

    @Option(
            names = "--log-sent",
            description =
                    "log every event that clients are sent, but for positions and arrivals (default: what they say)")
    private boolean logSent;

    @Option(names = "--loops", paramLabel = "N", description = "event loops (default: one for each processor)")
    private int loops = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--compression",
            description =
                    "compress WebSocket messages of 1 KB and more for clients that can: fewer bytes, more CPU, and"
                            + " memory for each client (default: off)")
    private boolean compression;

    @Option(
            names = "--keep-alive",
            paramLabel = "TIME",
            description =
                    "how long an HTTP connection waits for its next request; longer than a proxy in front keeps it"
                            + " (default: 75s)")
    private Duration keepAlive = WebSettings.defaults().keepAlive();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    ServeCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (logSent) {
            System.setProperty("WAYBILL_LOG_SENT", "INFO"); // read when the first line is logged
        }
        var config = config();
        try (var stop = Stop.onCtrlC();
                var hub = RunningHub.start(config)) {
            System.out.println("Waybill listens on "
                    + hub.urls().stream().map(URI::toString).collect(Collectors.joining(", ")) + ", data in " + data);
            System.out.println(
                    config.identity().isDevelopment()
                            ? "Development mode: clients are believed what they say, so only this machine may connect."
                            : "Secured mode: clients need a token.");
            stop.await();
        }
        return 0;
    }

    private Config config() {
        return Config.defaults(data)
                .withHost(host)
                .withPorts(ports)
                .withProfile(waybill.server.dialect.Profile.of(profile.name()).orElseThrow())
                .withOrigins(origins)
                .withLoops(loops)
                .withIdentity(identity.config(environment).withRefusedPerMinute(limits.refusedTokensPerMinute()))
                .withRest(RestSettings.defaults()
                        .withStore(store)
                        .withCurrency(currency)
                        .withRates(restRate, restRate))
                .withOrders(new OrderSettings(orderPrefix, acceptWithin))
                .withWeb(limits.web()
                        .withKeepAlive(keepAlive)
                        .withCompressFrom(compression ? WebSettings.COMPRESS_FROM : 0))
                .withLimits(limits.caps())
                .withLive(limits.live());
    }
}
