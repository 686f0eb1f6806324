package waybill.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import waybill.server.adminui.AdminUiConfig;
import waybill.server.caps.CapsLimits;
import waybill.server.dialect.caps.Profile;
import waybill.server.identity.IdentityConfig;
import waybill.server.rest.http.RestSettings;
import waybill.server.rest.link.LinkSettings;
import waybill.server.socket.SharedLimits;
import waybill.server.socket.SocketLimits;
import waybill.server.webhook.WebhookConfig;

/// The settings of a hub. Immutable; each `with` returns a changed copy.
///
/// @param host the address to listen on
/// @param ports the ports to listen on; 0 is any free port
/// @param data the directory of all the hub's data; created if absent
/// @param profile the default profile of `/caps` clients
/// @param capsLimits the limits of one `/caps` socket
/// @param origins origins of web pages that may connect besides those of the local machine and of the hub itself:
///     `https://shop.example`, `https://*.shop.example`, or `*` for any
/// @param payloadMax bytes of one message from a client
/// @param loops event loops, each with its own thread
/// @param identity the settings of authentication; without any, the hub is in development mode
/// @param orders the settings of orders
/// @param rest the settings of the REST API
/// @param socketLimits the limits of sockets of all namespaces but `/caps`
/// @param sharedLimits the limits of sockets of all namespaces, `/caps` among them
/// @param web the settings of HTTP and WebSocket
/// @param eta the settings of times of arrival
/// @param integrations the settings of what other systems send and are told
/// @param notifications the settings of push messages
/// @param links the settings of public links to orders
/// @param webhooks the settings of webhooks
/// @param files the settings of uploaded files
/// @param cluster the settings of what reaches the sockets of other nodes
/// @param database where orders and messages are
/// @param adminUi the account of the Socket.IO Admin UI; without one there is none
public record Config(
        String host,
        List<Integer> ports,
        Path data,
        Profile profile,
        CapsLimits capsLimits,
        Set<String> origins,
        int payloadMax,
        int loops,
        IdentityConfig identity,
        OrderSettings orders,
        RestSettings rest,
        SocketLimits socketLimits,
        SharedLimits sharedLimits,
        WebSettings web,
        EtaConfig eta,
        IntegrationSettings integrations,
        NotificationConfig notifications,
        LinkSettings links,
        WebhookConfig webhooks,
        FilesConfig files,
        ClusterConfig cluster,
        DatabaseConfig database,
        Optional<AdminUiConfig> adminUi) {

    public static final int DEFAULT_PORT = 9001;

    public static final int PAYLOAD_MAX = 1_000_000;

    private static final int PORT_MAX = 65_535;

    public Config {
        ports = List.copyOf(ports);
        origins = OriginAllowlist.requireValid(origins);
        if (ports.isEmpty()) {
            throw new IllegalArgumentException("port: none (expected: at least one)");
        }
        for (var port : ports) {
            if (port < 0 || port > PORT_MAX) {
                throw new IllegalArgumentException("port: " + port + " (expected: 0.." + PORT_MAX + ")");
            }
        }
        if (payloadMax < 1 || loops < 1) {
            throw new IllegalArgumentException(
                    "payloadMax, loops: " + payloadMax + ", " + loops + " (expected: at least 1)");
        }
    }

    public static Config defaults(Path data) {
        return new Config(
                "127.0.0.1",
                List.of(DEFAULT_PORT),
                data,
                Profile.MERGED,
                CapsLimits.defaults(),
                Set.of(),
                PAYLOAD_MAX,
                Runtime.getRuntime().availableProcessors(),
                IdentityConfig.development(),
                OrderSettings.defaults(),
                RestSettings.defaults(),
                SocketLimits.defaults(),
                SharedLimits.defaults(),
                WebSettings.defaults(),
                EtaConfig.defaults(),
                IntegrationSettings.defaults(),
                NotificationConfig.defaults(),
                LinkSettings.defaults(),
                WebhookConfig.defaults(),
                FilesConfig.defaults(),
                ClusterConfig.defaults(),
                DatabaseConfig.defaults(),
                Optional.empty());
    }

    public Config withHost(String value) {
        return with(copy -> copy.host = value);
    }

    public Config withPorts(List<Integer> value) {
        return with(copy -> copy.ports = value);
    }

    public Config withProfile(Profile value) {
        return with(copy -> copy.profile = value);
    }

    public Config withCapsLimits(CapsLimits value) {
        return with(copy -> copy.capsLimits = value);
    }

    public Config withOrigins(Set<String> value) {
        return with(copy -> copy.origins = value);
    }

    public Config withPayloadMax(int value) {
        return with(copy -> copy.payloadMax = value);
    }

    public Config withLoops(int value) {
        return with(copy -> copy.loops = value);
    }

    public Config withIdentity(IdentityConfig value) {
        return with(copy -> copy.identity = value);
    }

    public Config withOrders(OrderSettings value) {
        return with(copy -> copy.orders = value);
    }

    public Config withRest(RestSettings value) {
        return with(copy -> copy.rest = value);
    }

    public Config withSocketLimits(SocketLimits value) {
        return with(copy -> copy.socketLimits = value);
    }

    public Config withSharedLimits(SharedLimits value) {
        return with(copy -> copy.sharedLimits = value);
    }

    public Config withWeb(WebSettings value) {
        return with(copy -> copy.web = value);
    }

    public Config withEta(EtaConfig value) {
        return with(copy -> copy.eta = value);
    }

    public Config withIntegrations(IntegrationSettings value) {
        return with(copy -> copy.integrations = value);
    }

    public Config withNotifications(NotificationConfig value) {
        return with(copy -> copy.notifications = value);
    }

    public Config withLinks(LinkSettings value) {
        return with(copy -> copy.links = value);
    }

    public Config withWebhooks(WebhookConfig value) {
        return with(copy -> copy.webhooks = value);
    }

    public Config withFiles(FilesConfig value) {
        return with(copy -> copy.files = value);
    }

    public Config withCluster(ClusterConfig value) {
        return with(copy -> copy.cluster = value);
    }

    public Config withDatabase(DatabaseConfig value) {
        return with(copy -> copy.database = value);
    }

    public Config withAdminUi(Optional<AdminUiConfig> value) {
        return with(copy -> copy.adminUi = value);
    }

    private Config with(Consumer<Copy> change) {
        var copy = new Copy(this);
        change.accept(copy);
        return copy.config();
    }

    /// A copy that can still be changed.
    private static final class Copy {

        private String host;
        private List<Integer> ports;
        private Path data;
        private Profile profile;
        private CapsLimits capsLimits;
        private Set<String> origins;
        private int payloadMax;
        private int loops;
        private IdentityConfig identity;
        private OrderSettings orders;
        private RestSettings rest;
        private SocketLimits socketLimits;
        private SharedLimits sharedLimits;
        private WebSettings web;
        private EtaConfig eta;
        private IntegrationSettings integrations;
        private NotificationConfig notifications;
        private LinkSettings links;
        private WebhookConfig webhooks;
        private FilesConfig files;
        private ClusterConfig cluster;
        private DatabaseConfig database;
        private Optional<AdminUiConfig> adminUi;

        Copy(Config from) {
            host = from.host;
            ports = from.ports;
            data = from.data;
            profile = from.profile;
            capsLimits = from.capsLimits;
            origins = from.origins;
            payloadMax = from.payloadMax;
            loops = from.loops;
            identity = from.identity;
            orders = from.orders;
            rest = from.rest;
            socketLimits = from.socketLimits;
            sharedLimits = from.sharedLimits;
            web = from.web;
            eta = from.eta;
            integrations = from.integrations;
            notifications = from.notifications;
            links = from.links;
            webhooks = from.webhooks;
            files = from.files;
            cluster = from.cluster;
            database = from.database;
            adminUi = from.adminUi;
        }

        Config config() {
            return new Config(
                    host,
                    ports,
                    data,
                    profile,
                    capsLimits,
                    origins,
                    payloadMax,
                    loops,
                    identity,
                    orders,
                    rest,
                    socketLimits,
                    sharedLimits,
                    web,
                    eta,
                    integrations,
                    notifications,
                    links,
                    webhooks,
                    files,
                    cluster,
                    database,
                    adminUi);
        }
    }

    /// In development mode clients are not authenticated, so only the local machine may connect: rejects an address
    /// that other machines can reach.
    public void requireSafeAddress() {
        if (!identity.isDevelopment() || LoopbackHost.isLoopback(host)) {
            return;
        }
        throw new IllegalArgumentException("host: " + host + " (expected: a loopback address such as 127.0.0.1, because"
                + " in development mode the hub accepts the identity that clients claim; for another one, configure"
                + " authentication: WAYBILL_JWT_SECRET, --jwt-secret-file or --jwks-url)");
    }

    /// What is set for REST, with the limit of a body that holds for sockets as well.
    RestSettings restSettings() {
        return rest.withPayloadMax(payloadMax);
    }
}
