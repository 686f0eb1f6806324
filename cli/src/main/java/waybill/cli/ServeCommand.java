package waybill.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import waybill.server.caps.CapsLimits;
import waybill.server.rest.http.RestSettings;

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

    private final Environment environment;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "the port to listen on, 0 for any free port; may be repeated (default: PORT, or else 9001)")
    private List<Integer> ports = List.of();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "the address to listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory of the databases (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(
            names = "--socket-path",
            paramLabel = "PATH",
            description = "the path of Socket.IO; clients set it as their path (default: ${DEFAULT-VALUE})")
    private String socketPath = WebSettings.SOCKET_PATH;

    @Mixin
    private PageOptions pages = new PageOptions();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "the form of payloads on /caps for clients that request none: ${COMPLETION-CANDIDATES}"
                    + " (default: ${DEFAULT-VALUE})")
    private Profile profile = Profile.merged;

    @Option(
            names = "--origin",
            paramLabel = "ORIGIN",
            description = "a web origin whose pages may connect besides those of this machine and of the hub itself:"
                    + " https://shop.example, https://*.shop.example, or * for any (without cookies); may be repeated"
                    + " (default: CLIENT_URL)")
    private Set<String> origins = Set.of();

    @Option(
            names = "--order-prefix",
            paramLabel = "TEXT",
            description = "the prefix of order numbers (default: ${DEFAULT-VALUE})")
    private String orderPrefix = OrderSettings.defaults().numberPrefix();

    @Option(
            names = "--accept-within",
            paramLabel = "TIME",
            description = "how long a store has to accept an order before it expires, 0 for ever (default: 60s)")
    private Duration acceptWithin = OrderSettings.defaults().acceptWithin();

    @Option(
            names = "--store",
            paramLabel = "ID",
            description = "the store of a REST order without one (default: ${DEFAULT-VALUE})")
    private String store = RestSettings.defaults().store();

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "the currency of an amount without one (default: ${DEFAULT-VALUE})")
    private String currency = RestSettings.defaults().currency();

    @Option(
            names = "--order-days",
            paramLabel = "N",
            description = "days for which ended orders and the log are stored, 0 for ever (default: ${DEFAULT-VALUE})")
    private long orderDays;

    @Option(
            names = "--abandoned-days",
            paramLabel = "N",
            description = "days without an event after which an order or parcel is cancelled, 0 for never"
                    + " (default: ${DEFAULT-VALUE})")
    private long abandonedDays = OrderSettings.defaults().abandonedAfter().toDays();

    @Option(
            names = "--payload-max",
            paramLabel = "BYTES",
            description = "the size of a message or of a REST request's body (default: ${DEFAULT-VALUE})")
    private int payloadMax = Config.PAYLOAD_MAX;

    @Option(
            names = "--rest-rate",
            paramLabel = "N",
            description = "REST requests of one user per second, reads and writes counted separately, 0 for no limit"
                    + " (default: ${DEFAULT-VALUE})")
    private int restRate = RestSettings.defaults().readsPerSecond();

    @Option(
            names = "--log-sent",
            description = "log every event and ack that is sent to clients, except positions, ETAs and the auth:"
                    + " events of expiring tokens (default: only what clients send)")
    private boolean logSent;

    @Option(names = "--loops", paramLabel = "N", description = "event loops (default: one for each processor)")
    private int loops = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--compression",
            description =
                    "compress WebSocket messages of 1 KB and more if the client supports it: fewer bytes, more CPU, and"
                            + " memory for each client (default: off)")
    private boolean compression;

    @Option(
            names = "--keep-alive",
            paramLabel = "TIME",
            description =
                    "how long an idle HTTP connection stays open; longer than the idle timeout of a proxy in front"
                            + " (default: 75s)")
    private Duration keepAlive = WebSettings.defaults().keepAlive();

    @Option(
            names = "--page-read-within",
            paramLabel = "TIME",
            description = "how long a client of /caps may take to read a page of getAll before it is disconnected"
                    + " (default: 30s)")
    private Duration pageReadWithin = CapsLimits.defaults().pageReadWithin();

    @Mixin
    private DispatchOptions dispatch = new DispatchOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private FareOptions fares = new FareOptions();

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private EtaOptions eta = new EtaOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Mixin
    private FilesOptions files = new FilesOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private WebhookOptions webhooks = new WebhookOptions();

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Mixin
    private IntegrationOptions integrations = new IntegrationOptions();

    @Mixin
    private NotificationOptions notifications = new NotificationOptions();

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (logSent) {
            System.setProperty("WAYBILL_LOG_SENT", "INFO"); // read when the first line is logged
        }
        var config = config();
        OldGenerationCollector.collectOnGrowth();
        try (var stop = StopSignal.onCtrlC();
                var hub = RunningHub.start(config)) {
            System.out.println(banner(hub.urls(), config.identity().isDevelopment()));
            stop.await();
        }
        return 0;
    }

    /// What the operator reads once the hub listens.
    private String banner(List<URI> urls, boolean development) {
        var first = urls.getFirst();
        var lines = new ArrayList<String>();
        lines.add("Server running on port " + first.getPort() + ": Waybill listens on "
                + urls.stream().map(URI::toString).collect(Collectors.joining(", ")) + ", data in " + data
                + (database.isUsed(environment.variables()) ? " and in PostgreSQL" : ""));
        lines.add(
                "Socket.IO initialized: /, /customer, /delivery, /admin, /caps, /realtime, /marketplace, /storefront");
        lines.add(
                development
                        ? "Development mode: clients are trusted without a token, so only this machine may connect."
                        : "Secured mode: clients need a token.");
        lines.add("Dashboard: " + first + "/, REST API reference: " + first + "/api/docs");
        lines.add(
                development
                        ? "Next: ./waybill driver, and ./waybill vendor --store acme-widgets, each in another terminal."
                        : "Next: ./waybill token --help, to create a token.");
        return String.join(System.lineSeparator(), lines);
    }

    private List<Integer> ports() {
        return ports.isEmpty()
                ? List.of(environment
                        .require(Environment.PORT)
                        .map(ServeCommand::port)
                        .orElse(Config.DEFAULT_PORT))
                : ports;
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw new IllegalArgumentException("PORT: " + text + " (expected: a number)");
        }
    }

    private Set<String> origins() {
        return origins.isEmpty()
                ? environment
                        .require(Environment.CLIENT_URL)
                        .map(urls -> Set.of(urls.split("[,\\s]+")))
                        .orElse(Set.of())
                : origins;
    }

    Config config() {
        return Config.defaults(data)
                .withHost(host)
                .withPorts(ports())
                .withProfile(
                        waybill.server.dialect.caps.Profile.of(profile.name()).orElseThrow())
                .withOrigins(origins())
                .withPayloadMax(payloadMax)
                .withLoops(loops)
                .withIdentity(
                        identity.config(environment.variables()).withBadTokensPerMinute(limits.badTokensPerMinute()))
                .withRest(RestSettings.defaults()
                        .withStore(store)
                        .withCurrency(currency)
                        .withRates(restRate, restRate))
                .withOrders(new OrderSettings(
                                orderPrefix, acceptWithin, Duration.ofDays(orderDays), Duration.ofDays(abandonedDays))
                        .withTariff(fares.tariff(currency))
                        .withDispatch(dispatch.settings()))
                .withWeb(limits.web()
                        .withSocketPath(socketPath)
                        .withBasemap(pages.basemap())
                        .withKeepAlive(keepAlive)
                        .withCompressFrom(compression ? WebSettings.COMPRESS_FROM : 0))
                .withEta(eta.config(environment.variables()))
                .withLinks(links.settings())
                .withWebhooks(webhooks.config())
                .withDatabase(database.config(environment.variables()))
                .withFiles(files.config(environment.variables()))
                .withCluster(cluster.config(environment.variables()))
                .withCapsLimits(limits.caps().withPageReadWithin(pageReadWithin))
                .withSocketLimits(limits.live())
                .withSharedLimits(limits.shared())
                .withIntegrations(integrations.settings(environment.variables()))
                .withNotifications(notifications.config(environment.variables()));
    }
}
