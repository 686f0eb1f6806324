package waybill.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import waybill.cli.caps.Profile;
import waybill.server.Config;
import waybill.server.OrderSettings;
import waybill.server.caps.CapsLimits;
import waybill.server.rest.http.RestSettings;

/// The configuration of a hub: options, and variables of the environment.
final class ServeOptions {

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

    @Mixin
    private PortOptions port = new PortOptions();

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

    @Option(names = "--loops", paramLabel = "N", description = "event loops (default: one for each processor)")
    private int loops = Runtime.getRuntime().availableProcessors();

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
    private TrackOptions tracks = new TrackOptions();

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

    @Mixin
    private AdminUiOptions adminUi = new AdminUiOptions();

    ServeOptions(Environment environment) {
        this.environment = environment;
    }

    Path data() {
        return data;
    }

    boolean usesPostgres() {
        return database.isUsed(environment.variables());
    }

    private List<Integer> ports() {
        return ports.isEmpty()
                ? List.of(environment
                        .require(Environment.PORT)
                        .map(ServeOptions::parsePort)
                        .orElse(Config.DEFAULT_PORT))
                : ports;
    }

    private static int parsePort(String text) {
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
                .withWeb(port.apply(limits.web(), identity.hasProxyProtocol()).withBasemap(pages.basemap()))
                .withEta(eta.config(environment.variables()))
                .withLinks(links.settings())
                .withWebhooks(webhooks.config())
                .withDatabase(database.config(environment.variables()).withTracks(tracks.config()))
                .withFiles(files.config(environment.variables()))
                .withCluster(cluster.config(environment.variables()))
                .withCapsLimits(limits.caps().withPageReadWithin(pageReadWithin))
                .withSocketLimits(limits.live())
                .withSharedLimits(limits.shared())
                .withIntegrations(integrations.settings(environment.variables()))
                .withNotifications(notifications.config(environment.variables()))
                .withAdminUi(adminUi.config(environment.variables()));
    }
}
