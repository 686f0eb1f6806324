package waybill.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

/// The doors, as the official Java client meets them. Time is made up.
class SocketAuthenticatorTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final Principal KARI = new Principal("kari", Role.DRIVER, null, null, null);

    private final ManualClock time = new ManualClock();
    private final Revocations revocations = Revocations.inMemory();
    private final TokenVerifier tokenVerifier = TokenVerifier.start(
            IdentityConfig.of(new Trust.SharedSecret(SECRET)), Path.of("none"), revocations, time, new SecureRandom());
    private final SocketAuthenticator authenticator = new SocketAuthenticator(tokenVerifier, time);
    private final SocketServer server = new SocketServer(Config.defaults());
    private final List<TestSocketClient> visitors = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private InetSocketAddress address;

    @BeforeEach
    void open() {
        SocketAuthenticator.ConnectionHandler greet = (socket, who) -> socket.emit(
                "hello",
                who.map(principal -> principal.role().wireName() + " " + principal.id())
                        .orElse("stranger"));
        authenticator.protect(server.of("/closed"), SocketAuthenticator::noAnonymous, greet);
        authenticator.protect(server.of("/open"), _ -> true, greet);
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        visitors.forEach(TestSocketClient::close);
        server.close(Duration.ZERO).toCompletableFuture().join();
        authenticator.close();
        tokenVerifier.close();
    }

    @Test
    void aTokenIsFoundWhereverAClientMayPutIt() {
        var token = token(KARI, 600);
        for (var visitor : List.of(
                knock("/closed", Map.of("token", token), "", ""),
                knock("/closed", Map.of("token", "Bearer " + token), "token=nonsense", "Bearer nonsense"),
                knock("/closed", Map.of(), "token=" + token, "Bearer nonsense"),
                knock("/closed", Map.of(), "", "bearer " + token),
                knock("/closed", Map.of("token", ""), "token=", token))) {
            assertThat(visitor.nextEvent()).isEqualTo("connected");
            assertThat(visitor.nextEvent()).isEqualTo("hello driver kari");
        }
    }

    @Test
    void aRejectedClientGetsTheReason() {
        assertThat(knock("/closed", Map.of(), "", "Basic a2FyaTpzZWNyZXQ=").nextEvent())
                .startsWith("refused ")
                .contains(
                        "\"message\":\"token: missing (expected: auth.token, query token or the Authorization header)\"")
                .contains("\"data\":{\"code\":\"unauthenticated\"}");
        var forged = new TokenIssuer(Secret.of("another one of thirty-two bytes!"), time)
                .issue(new Grant(KARI, Duration.ofHours(1)));
        assertThat(knock("/closed", Map.of(), "token=" + forged, "").nextEvent())
                .contains("signature: does not match")
                .doesNotContain(forged);
    }

    @Test
    void anAnonymousClientIsAdmittedWhereAllowedButNotWithABadToken() {
        var stranger = knock("/open", Map.of(), "", "");
        assertThat(stranger.nextEvent()).isEqualTo("connected");
        assertThat(stranger.nextEvent()).isEqualTo("hello stranger");
        assertThat(stranger.emitWithAck("auth:refresh", TestSocketClient.json("token", token(KARI, 600)))
                        .toString())
                .contains("\"ok\":false")
                .contains("\"code\":\"invalid\"");
        assertThat(knock("/open", Map.of("token", "nonsense"), "", "").nextEvent())
                .startsWith("refused");
    }

    @Test
    void aRefreshedSocketStaysConnected() {
        var kari = enter(token(KARI, 600));
        pass(540);
        assertThat(kari.nextEvent()).isEqualTo("auth:expiring {\"inSeconds\":60}");
        assertThat(kari.emitWithAck("auth:refresh", TestSocketClient.json("token", "Bearer " + token(KARI, 600)))
                        .toString())
                .isEqualTo("{\"ok\":true,\"expiresAt\":\"2026-01-31T12:19:00.000Z\"}");
        pass(539);
        pass(1);
        assertThat(kari.nextEvent()).isEqualTo("auth:expiring {\"inSeconds\":60}");
    }

    @Test
    void aSocketWithAnExpiredTokenIsDisconnectedWithTheReason() {
        var kari = enter(token(KARI, 600));
        pass(540);
        assertThat(kari.nextEvent()).isEqualTo("auth:expiring {\"inSeconds\":60}");
        pass(60);
        assertThat(kari.nextEvent())
                .startsWith("auth:expired {")
                .contains("\"code\":\"unauthenticated\"")
                .contains("token: expired");
        assertThat(kari.nextEvent()).isEqualTo("disconnected io server disconnect");
    }

    @Test
    void aSocketMayNotChangeItsUser() {
        var kari = enter(token(KARI, 600));
        var ola = token(new Principal("ola", Role.DRIVER, null, null, null), 6_000);
        assertThat(kari.emitWithAck("auth:refresh", TestSocketClient.json("token", ola))
                        .toString())
                .contains("\"code\":\"forbidden\"")
                .contains("token: of driver ola (expected: of driver kari)");
        assertThat(kari.emitWithAck("auth:refresh", TestSocketClient.json("token", ola))
                        .toString())
                .contains("\"code\":\"rate_limited\"")
                .contains("\"retryAfterMs\":1000");
        time.advance(TokenSessions.REFRESH_EVERY);
        kari.emit("auth:refresh", TestSocketClient.json("token", 7));
        assertThat(kari.nextEvent())
                .startsWith("error {")
                .contains("\"event\":\"auth:refresh\"")
                .contains("\"code\":\"unauthenticated\"");
        pass(600);
        assertThat(kari.nextEvent()).startsWith("auth:expired");
    }

    @Test
    void aRevokedUserIsDisconnectedAndRejectedAfterwards() {
        var old = token(KARI, 600);
        var kari = enter(old);
        var elsewhere = TestSocketClient.connectWithToken(address, "/open", old);
        visitors.add(elsewhere);
        assertThat(elsewhere.nextEvent()).isEqualTo("connected");
        assertThat(elsewhere.nextEvent()).isEqualTo("hello driver kari");
        var ola = enter(token(new Principal("ola", Role.DRIVER, null, null, null), 600));
        revocations
                .revoke(Set.of(KARI.user()), time.instant())
                .toCompletableFuture()
                .join();
        for (var visitor : List.of(kari, elsewhere)) {
            assertThat(visitor.nextEvent()).startsWith("auth:revoked {").contains("token: revoked");
            assertThat(visitor.nextEvent()).isEqualTo("disconnected io server disconnect");
        }
        assertThat(knock("/closed", Map.of("token", old), "", "").nextEvent()).contains("token: revoked");
        time.advance(Duration.ofSeconds(1));
        enter(token(KARI, 600));
        assertThat(ola.emitWithAck(
                                "auth:refresh",
                                TestSocketClient.json(
                                        "token", token(new Principal("ola", Role.DRIVER, null, null, null), 600)))
                        .optBoolean("ok"))
                .isTrue();
    }

    private TestSocketClient enter(String token) {
        var visitor = knock("/closed", Map.of("token", token), "", "");
        assertThat(visitor.nextEvent()).isEqualTo("connected");
        assertThat(visitor.nextEvent()).startsWith("hello driver");
        return visitor;
    }

    private TestSocketClient knock(String namespace, Map<String, String> auth, String query, String header) {
        var visitor = TestSocketClient.connect(address, namespace, auth, query, header);
        visitors.add(visitor);
        return visitor;
    }

    private String token(Principal who, long seconds) {
        return new TokenIssuer(SECRET, time).issue(new Grant(who, Duration.ofSeconds(seconds)));
    }

    private void pass(long seconds) {
        time.advance(Duration.ofSeconds(seconds));
        authenticator.runDue();
    }
}
