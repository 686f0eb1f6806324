package waybill.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The hub's port, for clients that are slow, many, or no browsers of this machine.
class WebServerTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final int TIMEOUT_MS = 60_000;
    private static final String LARGE = "/api/docs/swagger-ui-bundle.js";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private @Nullable WaybillServer hub;
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    private int start(UnaryOperator<Config> change) {
        var started = WaybillServer.start(change.apply(Config.defaults(data).withPorts(List.of(0))));
        hub = started;
        return started.addresses().getFirst().getPort();
    }

    private Socket dial(int port, String from) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(32_768);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private String get(int port, String from, String path, String headers) throws IOException {
        var socket = dial(port, from);
        send(socket, "GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /// Waits until the hub has closed the connection, which it must not have answered.
    private static void assertEnds(Socket socket) throws IOException {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void aSlowBodyIsNotWaitedFor() throws IOException {
        int port = start(config -> config.withWeb(WebSettings.defaults().withRequestTimeout(Duration.ofSeconds(1))));
        var half = dial(port, "127.0.0.1");
        send(half, "GET /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{");
        var answer = new BufferedReader(new InputStreamReader(half.getInputStream(), ISO_8859_1));
        for (var line = answer.readLine(); line != null; line = answer.readLine()) {
            assertThat(line).isNotNull(); // an answer without the body is fine, a connection that stays is not
        }
    }

    @Test
    void aClientThatReadsNoLargeResponsesIsDisconnected() throws IOException {
        int port = start(config -> config.withWeb(WebSettings.defaults().withRequestTimeout(Duration.ofSeconds(1))));
        var deaf = dial(port, "127.0.0.1");
        send(deaf, ("GET " + LARGE + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(20));
        while (deaf.getInputStream().available() == 0) {
            Thread.onSpinWait();
        }
        var other = get(port, "127.0.0.1", "/health", "Host: localhost\r\n");
        assertThat(other).startsWith("HTTP/1.1 200");
        awaitReset(deaf);
    }

    private static void awaitReset(Socket deaf) {
        try {
            while (true) { // the kernel takes a few of these
                send(deaf, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000));
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void connectionsOfOneAddressAreLimitedBeforeAnyTokenIsSeen() throws IOException {
        int port = start(config -> config.withWeb(WebSettings.defaults().withConnections(5, 3)));
        for (int n = 0; n < 3; n++) {
            assertThat(get(port, "127.0.0.9", POLLING, "Host: localhost\r\n")).startsWith("HTTP/1.1 200");
        }
        assertThat(get(port, "127.0.0.9", POLLING, "Host: localhost\r\n"))
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("retry-after: ")
                .contains("\"code\":4", "3 are open from 127.0.0.9", "\"retryAfterMs\":");
        assertThat(get(port, "127.0.0.10", POLLING, "Host: localhost\r\n")).startsWith("HTTP/1.1 200");
        assertThat(get(port, "127.0.0.1", "/metrics", "Host: localhost\r\n"))
                .contains("waybill_connection_errors_total{reason=\"too_many\"} 1.0");
    }

    @Test
    void theHubsOwnOriginMayAskOverBothAndIsNotToBeListed() throws IOException {
        int port = start(config -> config);
        var own = "Host: 10.0.2.2:9001\r\nOrigin: http://10.0.2.2:9001\r\n";
        var other = "Host: 10.0.2.2:9001\r\nOrigin: http://evil.example\r\n";
        for (var path : List.of(POLLING, "/health")) {
            assertThat(get(port, "127.0.0.1", path, own))
                    .startsWith("HTTP/1.1 200")
                    .contains("access-control-allow-origin: http://10.0.2.2:9001");
            assertThat(get(port, "127.0.0.1", path, other)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void whereAnyOriginMayAskNoneMayWithCookies() throws IOException {
        int port = start(config -> config.withOrigins(Set.of("*")));
        for (var path : List.of(POLLING, "/health")) {
            assertThat(get(port, "127.0.0.1", path, "Host: localhost\r\nOrigin: https://any.example\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .contains("access-control-allow-origin: *")
                    .doesNotContain("allow-credentials");
        }
    }

    @Test
    void longTokensPassAndKeepAliveHasItsTimeout() throws IOException {
        int port = start(config -> config);
        var token = "t".repeat(16_384);
        assertThat(get(port, "127.0.0.1", POLLING + "&token=" + token, "Host: localhost\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(get(port, "127.0.0.1", "/health?token=" + token, "Host: localhost\r\n"))
                .startsWith("HTTP/1.1 200");
        var kept = dial(port, "127.0.0.1");
        send(kept, "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var answer = new BufferedReader(new InputStreamReader(kept.getInputStream(), ISO_8859_1));
        var lines = new ArrayList<String>();
        for (var line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
            lines.add(line);
        }
        assertThat(lines).contains("keep-alive: timeout=75");
    }

    @Test
    void aRequestThatIsNoneDoesNotLeaveAMuteConnection() throws IOException {
        int port = start(config -> config);
        var socket = dial(port, "127.0.0.1");
        send(socket, "GET " + POLLING + " HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(30_000) + "\r\n\r\n");
        assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                .startsWith("HTTP/1.1 431")
                .contains("connection: close");
        assertEnds(socket);
    }

    @Test
    void whatIsTooLongIsToldWithItsLimit() throws IOException {
        int port = start(config -> config);
        assertThat(get(port, "127.0.0.1", "/api/v1/orders?q=" + "q".repeat(30_000), "Host: localhost\r\n"))
                .containsPattern("^HTTP/1\\.[01] 414 ")
                .contains("connection: close", "application/problem+json", "\"code\":\"too_large\"")
                .contains("request line: more than 20480 bytes (expected: method, path and query of at most 20480");
        assertThat(get(port, "127.0.0.1", "/api/v1/orders", "Host: localhost\r\nX: " + "x".repeat(30_000) + "\r\n"))
                .containsPattern("^HTTP/1\\.[01] 431 ")
                .contains("connection: close", "application/problem+json", "\"field\":\"headers\"")
                .contains("headers: more than 20480 bytes (expected: at most 20480 bytes together)");
        assertThat(get(port, "127.0.0.1", POLLING, "Host: localhost\r\nX: " + "x".repeat(30_000) + "\r\n"))
                .containsPattern("^HTTP/1\\.[01] 431 ")
                .contains("\"code\":3", "larger than 20480 bytes. Send less, a long token as auth.token.");
        assertThat(get(port, "127.0.0.1", "/health", "Bad Header: a\r\n"))
                .containsPattern("^HTTP/1\\.[01] 400 ")
                .contains("connection: close", "request: malformed");
    }

    @Test
    void compressionIsAgreedToWhereTheOperatorWantsIt() throws IOException {
        int port = start(config -> config.withWeb(WebSettings.defaults().withCompressFrom(1_024)));
        var socket = dial(port, "127.0.0.1");
        send(socket, """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r
                \r
                """);
        var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        var lines = new ArrayList<String>();
        for (var line = answer.readLine(); !line.isEmpty(); line = answer.readLine()) {
            lines.add(line);
        }
        assertThat(lines).anySatisfy(line -> assertThat(line).containsIgnoringCase("extensions: permessage-deflate"));
    }
}
