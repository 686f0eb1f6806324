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
class GuardTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes, of which nobody knows");
    private static final Principal KARI = new Principal("kari", Role.DRIVER, null, null, null);

    private final MadeUpTime time = new MadeUpTime();
    private final Revocations revocations = Revocations.inMemory();
    private final Identity identity = Identity.start(
            IdentityConfig.of(new Trust.Shared(SECRET)), Path.of("none"), revocations, time, new SecureRandom());
    private final Guard guard = new Guard(identity, time);
    private final SocketServer server = new SocketServer(Config.defaults());
    private final List<Visitor> visitors = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private InetSocketAddress address;

    @BeforeEach
    void open() {
        Guard.Entered greet = (socket, who) -> socket.emit(
                "hello",
                who.map(principal -> principal.role().word() + " " + principal.id())
                        .orElse("stranger"));
        guard.protect(server.of("/closed"), Guard::nobody, greet);
        guard.protect(server.of("/open"), _ -> true, greet);
        address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        visitors.forEach(Visitor::close);
        server.close(Duration.ZERO).toCompletableFuture().join();
        guard.close();
        identity.close();
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
            assertThat(visitor.heard()).isEqualTo("connected");
            assertThat(visitor.heard()).isEqualTo("hello driver kari");
        }
    }

    @Test
    void aClientThatIsRefusedIsToldWhy() {
        assertThat(knock("/closed", Map.of(), "", "Basic a2FyaTpzZWNyZXQ=").heard())
                .startsWith("refused ")
                .contains(
                        "\"message\":\"token: missing (expected: auth.token, query token or the Authorization header)\"")
                .contains("\"data\":{\"code\":\"unauthenticated\"}");
        var forged = new Issuer(Secret.of("another one of thirty-two bytes!"), time)
                .issue(new Grant(KARI, Duration.ofHours(1)));
        assertThat(knock("/closed", Map.of(), "token=" + forged, "").heard())
                .contains("signature: does not match")
                .doesNotContain(forged);
    }

    @Test
    void aStrangerComesInWhereItIsAdmittedButNobodyWithABadToken() {
        var stranger = knock("/open", Map.of(), "", "");
        assertThat(stranger.heard()).isEqualTo("connected");
        assertThat(stranger.heard()).isEqualTo("hello stranger");
        assertThat(stranger.ask("auth:refresh", Visitor.json("token", token(KARI, 600)))
                        .toString())
                .contains("\"ok\":false")
                .contains("\"code\":\"invalid\"");
        assertThat(knock("/open", Map.of("token", "nonsense"), "", "").heard()).startsWith("refused");
    }

    @Test
    void whoShowsAnotherTokenInTimeStays() {
        var kari = enter(token(KARI, 600));
        pass(540);
        assertThat(kari.heard()).isEqualTo("auth:expiring {\"inSeconds\":60}");
        assertThat(kari.ask("auth:refresh", Visitor.json("token", "Bearer " + token(KARI, 600)))
                        .toString())
                .isEqualTo("{\"ok\":true,\"expiresAt\":\"2026-01-31T12:19:00.000Z\"}");
        pass(539);
        pass(1);
        assertThat(kari.heard()).isEqualTo("auth:expiring {\"inSeconds\":60}");
    }

    @Test
    void whoDoesNotIsShownOutAndKnowsWhy() {
        var kari = enter(token(KARI, 600));
        pass(540);
        assertThat(kari.heard()).isEqualTo("auth:expiring {\"inSeconds\":60}");
        pass(60);
        assertThat(kari.heard())
                .startsWith("auth:expired {")
                .contains("\"code\":\"unauthenticated\"")
                .contains("token: expired");
        assertThat(kari.heard()).isEqualTo("disconnected io server disconnect");
    }

    @Test
    void nobodyGoesOnAsSomebodyElse() {
        var kari = enter(token(KARI, 600));
        var ola = token(new Principal("ola", Role.DRIVER, null, null, null), 6_000);
        assertThat(kari.ask("auth:refresh", Visitor.json("token", ola)).toString())
                .contains("\"code\":\"forbidden\"")
                .contains("token: of driver ola (expected: of driver kari)");
        assertThat(kari.ask("auth:refresh", Visitor.json("token", ola)).toString())
                .contains("\"code\":\"rate_limited\"")
                .contains("\"retryAfterMs\":1000");
        time.pass(Sessions.REFRESH_EVERY);
        kari.say("auth:refresh", Visitor.json("token", 7));
        assertThat(kari.heard())
                .startsWith("error {")
                .contains("\"event\":\"auth:refresh\"")
                .contains("\"code\":\"unauthenticated\"");
        pass(600);
        assertThat(kari.heard()).startsWith("auth:expired");
    }

    @Test
    void whoIsRevokedIsShownOutAtOnceAndStaysOut() {
        var old = token(KARI, 600);
        var kari = enter(old);
        var elsewhere = Visitor.with(address, "/open", old);
        visitors.add(elsewhere);
        assertThat(elsewhere.heard()).isEqualTo("connected");
        assertThat(elsewhere.heard()).isEqualTo("hello driver kari");
        var ola = enter(token(new Principal("ola", Role.DRIVER, null, null, null), 600));
        revocations
                .revoke(Set.of(KARI.user()), time.instant())
                .toCompletableFuture()
                .join();
        for (var visitor : List.of(kari, elsewhere)) {
            assertThat(visitor.heard()).startsWith("auth:revoked {").contains("token: revoked");
            assertThat(visitor.heard()).isEqualTo("disconnected io server disconnect");
        }
        assertThat(knock("/closed", Map.of("token", old), "", "").heard()).contains("token: revoked");
        time.pass(Duration.ofSeconds(1));
        enter(token(KARI, 600));
        assertThat(ola.ask(
                                "auth:refresh",
                                Visitor.json("token", token(new Principal("ola", Role.DRIVER, null, null, null), 600)))
                        .optBoolean("ok"))
                .isTrue();
    }

    private Visitor enter(String token) {
        var visitor = knock("/closed", Map.of("token", token), "", "");
        assertThat(visitor.heard()).isEqualTo("connected");
        assertThat(visitor.heard()).startsWith("hello driver");
        return visitor;
    }

    private Visitor knock(String namespace, Map<String, String> auth, String query, String header) {
        var visitor = Visitor.at(address, namespace, auth, query, header);
        visitors.add(visitor);
        return visitor;
    }

    private String token(Principal who, long seconds) {
        return new Issuer(SECRET, time).issue(new Grant(who, Duration.ofSeconds(seconds)));
    }

    private void pass(long seconds) {
        time.pass(Duration.ofSeconds(seconds));
        guard.tick();
    }
}
