package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;
import waybill.cli.Proxy;
import waybill.cli.RestClient;
import waybill.cli.orders.TestUser;

/// The example files of `packaging/proxies`, which `docs/deployment.md` names, with only ports and the path of the
/// certificate
/// changed.
@Timeout(240)
class ProxyExamplesTest {

    private static final Path EXAMPLES = Path.of("../packaging/proxies");
    private static final String HUB_ADDRESS = "127.0.0.1:9001";
    private static final String CLIENT = "127.0.0.9";

    /// Longer than the ping interval and time-out of Socket.IO, and the usual 60 s of proxies.
    private static final Duration IDLE = Duration.ofSeconds(61);

    /// The time after which the hub closes a connection without a request: proxies must close theirs before.
    private static final Duration HUB_KEEP_ALIVE = Duration.ofSeconds(75);

    @TempDir
    private Path folder = Path.of("");

    private TestCertificate certificate = new TestCertificate(Path.of(""), Path.of(""));

    @BeforeEach
    void makeCertificate() throws IOException, InterruptedException {
        certificate = TestCertificate.create(folder, "hub");
        Files.writeString(
                folder.resolve("hub.pem"),
                Files.readString(folder.resolve("hub.crt")) + Files.readString(folder.resolve("hub.key")));
    }

    /// All at the same time: by polling and by an upgraded WebSocket through each proxy, a client connects, the hub
    /// sees its address, nothing happens for a minute, and then an order arrives.
    @Test
    void clientsPollUpgradeAndReceiveAnEventAfterAMinuteOfSilence() throws Exception {
        var project = Path.of("src/test/js").toAbsolutePath();
        NodeJs.require(project);
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1", "--proxy-protocol");
                var rest = ready(hub);
                var nginx = nginx(hub);
                var haproxy = haproxy(hub);
                var caddy = caddy(hub);
                var clients = ProgramProcess.start(
                        Map.of("NODE_EXTRA_CA_CERTS", certificate.certificate().toString()),
                        project,
                        List.of(
                                "node",
                                "idle.js",
                                settings(hub, Map.of("nginx", nginx, "haproxy", haproxy, "caddy", caddy))
                                        .toString()))) {
            for (var proxy : List.of("nginx", "haproxy", "caddy")) {
                for (var transport : List.of("polling", "websocket")) {
                    var client = proxy + '-' + transport;
                    clients.line("^" + client + " connected by polling$");
                    clients.line("^" + client + " uses " + transport + "$");
                    assertThat(hub.line("sockets: /realtime merchant:" + client + " from (\\S+) connected")
                                    .group(1))
                            .isEqualTo(CLIENT);
                }
            }
            clients.line("^all were idle$");
            var order = rest.place(hub.token(TestUser.merchant("mo", "acme")));
            assertThat(clients.awaitExit()).as("%s", clients.lines()).isZero();
            assertThat(clients.lines().stream().filter(line -> line.endsWith(" received " + order)))
                    .hasSize(6);
        }
    }

    /// No build has Traefik: of its files this proves that they are YAML whose names refer to each other, and that its
    /// connections to the hub end before the hub's.
    @Test
    void theFilesOfTraefikReferToEachOther() throws IOException {
        var ports = yaml("traefik.yaml");
        assertThat(ports.at("/providers/file/filename").asText()).isEqualTo("/etc/traefik/traefik-waybill.yaml");
        var routes = yaml("traefik-waybill.yaml");
        var router = routes.at("/http/routers/waybill");
        assertThat(router.at("/tls").isObject()).isTrue();
        assertThat(ports.at("/entryPoints").has(router.at("/entryPoints/0").asText()))
                .isTrue();
        assertThat(ports.at("/entryPoints/websecure/address").asText()).isEqualTo(":443");
        var balancer =
                routes.at("/http/services").path(router.at("/service").asText()).path("loadBalancer");
        assertThat(balancer.at("/servers/0/url").asText()).isEqualTo("http://" + HUB_ADDRESS);
        assertThat(balancer.at("/healthCheck/path").asText()).isEqualTo("/health/ready");
        var idle = routes.at("/http/serversTransports")
                .path(balancer.at("/serversTransport").asText())
                .at("/forwardingTimeouts/idleConnTimeout")
                .asText();
        assertThatCode(() -> Duration.parse("PT" + idle)).doesNotThrowAnyException();
        assertThat(Duration.parse("PT" + idle)).isLessThan(HUB_KEEP_ALIVE);
        assertThat(routes.at("/tls/certificates/0/certFile").asText()).isEqualTo("/etc/ssl/hub.pem");
    }

    @Test
    void thePageNamesEachFile() throws IOException {
        var page = Files.readString(Path.of("../docs/deployment.md"));
        try (var files = Files.list(EXAMPLES)) {
            assertThat(files.map(file -> "../packaging/proxies/" + file.getFileName()))
                    .isNotEmpty()
                    .allSatisfy(link -> assertThat(page).contains("(" + link + ")"));
        }
    }

    /// A client of the hub once it is ready: to a proxy that looks earlier it is down.
    private static RestClient ready(SecuredHub hub) throws IOException, InterruptedException {
        var rest = new RestClient(hub.url());
        assertThat(rest.get("/health/ready").statusCode()).isEqualTo(200);
        return rest;
    }

    private Proxy nginx(SecuredHub hub) throws IOException, InterruptedException {
        int port = Proxy.freePort();
        var site = replaced(example("nginx.conf", hub), "listen 443 ssl;", "listen " + port + " ssl;");
        return Proxy.nginx(folder.resolve("nginx"), url(port), site);
    }

    private Proxy haproxy(SecuredHub hub) throws IOException, InterruptedException {
        int port = Proxy.freePort();
        var config = replaced(example("haproxy.cfg", hub), "bind :443 ssl", "bind :" + port + " ssl");
        return Proxy.haproxy(folder.resolve("haproxy"), url(port), config);
    }

    private Proxy caddy(SecuredHub hub) throws IOException, InterruptedException {
        var url = url(Proxy.freePort());
        var site = replaced(example("Caddyfile", hub), "hub.example {", url + " {");
        return Proxy.caddy(folder.resolve("caddy"), url, site);
    }

    private JSONObject settings(SecuredHub hub, Map<String, Proxy> proxies) {
        var all = new JSONArray();
        proxies.forEach((name, proxy) -> {
            var tokens = new JSONObject();
            for (var transport : List.of("polling", "websocket")) {
                tokens.put(transport, hub.token(TestUser.merchant(name + '-' + transport, "acme")));
            }
            all.put(new JSONObject()
                    .put("name", name)
                    .put("url", proxy.url().toString())
                    .put("tokens", tokens));
        });
        return new JSONObject().put("proxies", all).put("localAddress", CLIENT).put("idleMs", IDLE.toMillis());
    }

    /// An example with the hub's port and the certificate of this test.
    private String example(String name, SecuredHub hub) throws IOException {
        var text = replaced(Files.readString(EXAMPLES.resolve(name)), HUB_ADDRESS, "127.0.0.1:" + hub.port());
        return Stream.of("hub.pem", "hub.key")
                .reduce(
                        text,
                        (changed, file) -> changed.replace(
                                "/etc/ssl/" + file,
                                folder.resolve(file).toAbsolutePath().toString()));
    }

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper().readTree(EXAMPLES.resolve(name).toFile());
    }

    private static URI url(int port) {
        return URI.create("https://127.0.0.1:" + port);
    }

    private static String replaced(String text, String what, String by) {
        assertThat(text).contains(what);
        return text.replace(what, by);
    }
}
