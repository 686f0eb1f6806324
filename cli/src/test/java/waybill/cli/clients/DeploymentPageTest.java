package waybill.cli.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.orders.TestUser;

/// The proxy configurations of `docs/deployment.md`, with only ports and the certificate path changed: a client
/// connects through them by TLS and WebSocket, and the hub sees the client's own address.
class DeploymentPageTest {

    private static final Path PAGE = Path.of("../docs/deployment.md");
    private static final String CLIENT = "127.0.0.9";
    private static final long PATIENCE_SECONDS = 60;

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

    @Test
    void theHubSeesTheAddressOfAClientBehindNginx() throws Exception {
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1")) {
            int port = Proxy.freePort();
            var http = snippet("```nginx\n(.*?)```");
            http = replaced(http, "listen 443 ssl;", "listen " + port + " ssl;");
            http = replaced(http, "127.0.0.1:9001", "127.0.0.1:" + hub.port());
            http = replaced(http, "/etc/ssl/hub.pem", file("hub.pem"));
            http = replaced(http, "/etc/ssl/hub.key", file("hub.key"));
            try (var nginx = Proxy.nginx(folder.resolve("nginx"), URI.create("https://127.0.0.1:" + port), http)) {
                connectThrough(nginx, hub);
            }
        }
    }

    @Test
    void theHubSeesTheAddressOfAClientBehindHaproxy() throws Exception {
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1", "--proxy-protocol")) {
            int port = Proxy.freePort();
            var config = snippet("```\n(frontend .*?)```");
            assertThat(config).contains("send-proxy-v2");
            config = replaced(config, "bind :443 ssl", "bind :" + port + " ssl");
            config = replaced(config, "127.0.0.1:9001", "127.0.0.1:" + hub.port());
            config = replaced(config, "/etc/ssl/hub.pem", file("hub.pem"));
            try (var haproxy =
                    Proxy.haproxy(folder.resolve("haproxy"), URI.create("https://127.0.0.1:" + port), config)) {
                connectThrough(haproxy, hub);
            }
        }
    }

    @Test
    void theHubSeesTheAddressOfAClientBehindCaddy() throws Exception {
        try (var hub = SecuredHub.start(folder, "--trusted-proxy", "127.0.0.1")) {
            var url = URI.create("https://127.0.0.1:" + Proxy.freePort());
            var site = snippet("```caddyfile\n(.*?)```");
            site = replaced(site, "hub.example {", url + " {");
            site = replaced(site, "127.0.0.1:9001", "127.0.0.1:" + hub.port());
            site = replaced(site, "/etc/ssl/hub.pem", file("hub.pem"));
            site = replaced(site, "/etc/ssl/hub.key", file("hub.key"));
            try (var caddy = Proxy.caddy(folder.resolve("caddy"), url, site)) {
                connectThrough(caddy, hub);
            }
        }
    }

    private void connectThrough(Proxy proxy, SecuredHub hub) throws Exception {
        try (var http = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(CLIENT))
                .sslContext(certificate.trusting())
                .build()) {
            var joined = new Joined(hub.token(TestUser.customer("jane")));
            var url = URI.create("wss://" + proxy.url().getAuthority() + "/socket.io/?EIO=4&transport=websocket");
            var socket = http.newWebSocketBuilder()
                    .buildAsync(url, joined)
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .join();
            joined.joinResponse.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            assertThat(hub.line("sockets: /realtime customer:jane from (\\S+) connected")
                            .group(1))
                    .isEqualTo(CLIENT);
            socket.abort();
        }
    }

    /// Joins `/realtime` when it is connected.
    private static final class Joined implements WebSocket.Listener {

        private final CompletableFuture<String> joinResponse = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final String token;

        Joined(String token) {
            this.token = token;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                take(socket, text.toString());
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(WebSocket socket, String packet) {
            if (packet.startsWith("0{")) {
                socket.sendText("40/realtime,{\"token\":\"" + token + "\"}", true);
            } else if (packet.startsWith("40/realtime")) {
                joinResponse.complete(packet);
            } else if (packet.startsWith("44/realtime")) {
                joinResponse.completeExceptionally(new AssertionError(packet));
            }
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            joinResponse.completeExceptionally(error);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toAbsolutePath().toString();
    }

    private static String snippet(String regex) throws IOException {
        var found = Pattern.compile(regex, Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(found.find()).as("a snippet like /%s/ in %s", regex, PAGE).isTrue();
        return found.group(1);
    }

    private static String replaced(String text, String what, String by) {
        assertThat(text).contains(what);
        return text.replace(what, by);
    }
}
