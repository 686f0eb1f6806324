package waybill.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;
import waybill.server.identity.TrustedProxies;

/// A hub that stands behind proxies on this machine, as its clients meet it.
class BehindProxiesTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final String ONE = "198.51.100.1";
    private static final String OTHER = "198.51.100.2";
    private static final int REFUSED_MAX = 3;
    private static final int TIMEOUT_MS = 60_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private @Nullable WaybillServer hub;

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void badTokensAreCountedForTheClientAndNotForTheProxy() {
        start(secured(TrustedProxies.of(List.of("127.0.0.1"), false)));
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(rest("", "guess", "X-Forwarded-For: 1.1.1." + i + ", " + ONE))
                    .contains("401");
        }
        assertThat(rest("", "guess", "X-Forwarded-For: " + ONE)).contains("429").contains("from " + ONE);
        assertThat(rest("", "guess", "X-Forwarded-For: " + OTHER)).contains("401");
        assertThat(rest("", token(), "X-Forwarded-For: " + ONE)).contains("200");
    }

    @Test
    void socketsAreCountedForTheClientToo() {
        start(secured(TrustedProxies.of(List.of("127.0.0.1"), false)));
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(socket("", "guess", "X-Forwarded-For: " + ONE)).contains("unauthenticated");
        }
        assertThat(socket("", "guess", "X-Forwarded-For: " + ONE)).contains("rate_limited");
        assertThat(socket("", "guess", "X-Forwarded-For: " + OTHER)).contains("unauthenticated");
    }

    @Test
    void aForgedHeaderIsIgnoredWithoutTrustedProxies() {
        start(secured(TrustedProxies.NONE));
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(rest("", "guess", "X-Forwarded-For: " + ONE)).contains("401");
        }
        assertThat(rest("", "guess", "X-Forwarded-For: " + OTHER))
                .as("a proxy on this machine is not exempt as this machine is")
                .contains("429")
                .contains("from 127.0.0.1");
        assertThat(rest("", "guess", "X-Nothing: 1")).contains("401");
    }

    @Test
    void aTrustedProxyMayUseTheProxyProtocol() {
        start(secured(TrustedProxies.of(List.of("127.0.0.1"), true)));
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(rest(proxy(ONE), "guess", "X-Nothing: 1")).contains("401");
            assertThat(socket(proxy(OTHER), "guess", "X-Nothing: 1")).contains("unauthenticated");
        }
        assertThat(rest(proxy(ONE), "guess", "X-Nothing: 1")).contains("429").contains("from " + ONE);
        assertThat(socket(proxy(OTHER), "guess", "X-Nothing: 1")).contains("rate_limited");
        assertThat(rest("", token(), "X-Nothing: 1")).as("without it").contains("200");
    }

    @Test
    void anUntrustedPeerMayNotUseTheProxyProtocol() {
        start(secured(TrustedProxies.of(List.of("192.0.2.1"), true)));
        assertThat(rest(proxy(ONE), token(), "X-Nothing: 1")).contains("400");
    }

    @Test
    void inDevelopmentModeNoProxyIsServed() {
        start(IdentityConfig.development());
        for (var header :
                List.of("X-Forwarded-For: 1.1.1.1", "Forwarded: for=1.1.1.1", "Via: 1.1 x", "X-Real-IP: 1.1.1.1")) {
            assertThat(exchange("", "GET /health HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n"))
                    .contains("403")
                    .contains("in development mode the hub accepts the identity that clients claim");
            assertThat(exchange(
                            "",
                            "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: localhost\r\n" + header
                                    + "\r\n"))
                    .contains("403");
        }
        assertThat(exchange("", "GET /health HTTP/1.1\r\nHost: localhost\r\n")).contains("200");
    }

    private static String proxy(String client) {
        return "PROXY TCP4 " + client + " 127.0.0.1 5000 9001\r\n";
    }

    private void start(IdentityConfig identity) {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withIdentity(identity));
    }

    private static IdentityConfig secured(TrustedProxies proxies) {
        return IdentityConfig.of(new Trust.SharedSecret(SECRET))
                .withBadTokensPerMinute(REFUSED_MAX)
                .withProxies(proxies);
    }

    private String rest(String before, String token, String header) {
        return exchange(
                before,
                "GET /api/v1/log HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer " + token + "\r\n" + header + "\r\n");
    }

    /// The answer to a socket that connects to `/caps` by long polling.
    private String socket(String before, String token, String header) {
        var path = "/socket.io/?EIO=4&transport=polling";
        var head = " HTTP/1.1\r\nHost: hub\r\n" + header + "\r\n";
        var opened = exchange(before, "GET " + path + head);
        var session = path + "&sid=" + opened.replaceFirst("(?s).*\"sid\":\"([^\"]+)\".*", "$1");
        var connect = "40/caps,{\"token\":\"" + token + "\"}";
        exchange(before, "POST " + session + head + "Content-Length: " + connect.length() + "\r\n", connect);
        return exchange(before, "GET " + session + head);
    }

    private String exchange(String before, String head) {
        return exchange(before, head, "");
    }

    /// Sends a request over a connection of its own, and reads all that comes back.
    private String exchange(String before, String head, String body) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write((before + head + "Connection: close\r\n\r\n" + body).getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() {
        if (hub == null) {
            throw new AssertionError("no hub runs");
        }
        return hub.addresses().getFirst().getPort();
    }

    private static String token() {
        var root = new Principal("root", Role.ADMIN, null, null, null);
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(root, Duration.ofHours(1)));
    }
}
