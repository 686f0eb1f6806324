package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.caps.CapsLimits;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.Trust;
import waybill.server.socket.SharedLimits;

/// The limits and the path that an operator can set for the sockets of all namespaces, over the hub's own port.
class SharedLimitsTest {

    private static final int PROTOCOL_ERROR = 1002;

    /// An address of the loopback network that is not the one by which this machine calls itself.
    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
        http.close();
    }

    private void start(UnaryOperator<Config> settings) {
        hub = WaybillServer.start(
                settings.apply(Config.defaults(data).withPorts(List.of(0)).withCapsLimits(CapsLimits.off())));
    }

    private RawConnection joinedCaps(HttpClient client) throws Exception {
        var line = new RawConnection(client, hub.addresses().getFirst());
        line.send("40/caps,");
        assertThat(line.next()).startsWith("40/caps,{\"sid\":");
        return line;
    }

    @Test
    void aSocketIsInAsManyRoomsAsIsConfigured() throws Exception {
        start(config -> config.withSharedLimits(new SharedLimits(SharedLimits.ROOMS_MIN, 1_024, 2_000)));
        var line = joinedCaps(http);
        var answer = "";
        var joined = 0;
        while (!answer.contains("too_large") && joined <= SharedLimits.ROOMS_MIN) {
            line.send("42/caps,1[\"join\",\"store-" + joined++ + "\"]");
            answer = String.valueOf(line.next());
        }
        assertThat(answer).contains("rooms: this socket is in as many as it may be");
        assertThat(joined).isBetween(SharedLimits.ROOMS_MIN / 2, SharedLimits.ROOMS_MIN + 1);
    }

    @Test
    void theNameOfAnEventIsAsLongAsIsConfigured() throws Exception {
        start(config -> config.withSharedLimits(new SharedLimits(500, 40, 2_000)));
        var line = joinedCaps(http);
        line.send("42/caps,1[\"" + "n".repeat(30) + "\"]");
        assertThat(line.next()).startsWith("43/caps,1").contains("\"code\":\"invalid\"");
        line.send("42/caps,1[\"" + "n".repeat(50) + "\"]");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void rejectedEventsAreAnsweredAsOftenAsIsConfigured() throws Exception {
        var defaults = CapsLimits.defaults();
        start(config -> config.withSharedLimits(new SharedLimits(500, 1_024, 3))
                .withCapsLimits(new CapsLimits(1, 0, 0, 500, defaults.pageReadWithin())));
        var line = joinedCaps(http);
        var answer = "";
        var answered = 0;
        while (!answer.contains("the connection is closed") && answered < 100) {
            line.send("42/caps,1[\"join\",\"store\"]");
            answer = String.valueOf(line.next());
            answered++;
        }
        assertThat(answer).contains("events: so many were refused that the connection is closed");
        assertThat(answered)
                .as("one that is accepted, three and a few that are rejected")
                .isBetween(5, 50);
    }

    @Test
    void theSocketIoPathIsTheConfiguredOne() throws Exception {
        start(config -> config.withWeb(WebSettings.defaults().withSocketPath("delivery/live")));
        assertThat(handshake("/delivery/live/")).startsWith("0{\"sid\":");
        assertThat(handshake("/socket.io/")).contains("\"code\":\"not_found\"");
    }

    private String handshake(String path) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort() + path);
        return http.send(
                        HttpRequest.newBuilder(uri.resolve("?EIO=4&transport=polling"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "", "/api/v1/live/", "/orders/", "/so cket/", "/a//b/", "/a?b/", "/../"})
    void aPathThatTheHubNeedsItselfIsRejected(String path) {
        assertThatThrownBy(() -> WebSettings.defaults().withSocketPath(path))
                .hasMessageStartingWith("socketPath: ")
                .hasMessageContaining("(expected: a path of letters and digits between slashes, such as /socket.io/");
    }

    @Test
    void limitsThatWouldAdmitNothingAreRejected() {
        assertThatThrownBy(() -> new SharedLimits(19, 1_024, 0)).hasMessage("roomsMax: 19 (expected: at least 20)");
        assertThatThrownBy(() -> new SharedLimits(500, 39, 0)).hasMessage("eventNameMax: 39 (expected: at least 40)");
        assertThatThrownBy(() -> new SharedLimits(500, 40, -1))
                .hasMessage("rejectionsPerSecond: -1 (expected: at least 0)");
    }

    @Test
    void aReconnectRenewsNoBudgetOfAClientWithoutAToken() throws Exception {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        start(config -> config.withIdentity(
                        IdentityConfig.of(new Trust.SharedSecret(Secret.of("thirty-two bytes of a secret for a test")))
                                .withCapsOpen(true))
                .withCapsLimits(
                        new CapsLimits(2, 0, 0, 500, CapsLimits.defaults().pageReadWithin())));
        try (var client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ELSEWHERE))
                .build()) {
            var first = joinedCaps(client);
            assertThat(joins(first)).contains("\"ok\":true");
            var second = joinedCaps(client);
            assertThat(joins(second)).as("of another client at the same time").contains("\"ok\":true");
            assertThat(joins(first)).contains("\"ok\":true");
            assertThat(joins(first)).contains("rate_limited");
            disconnect(first);
            assertThat(joins(joinedCaps(client))).as("after a reconnect").contains("rate_limited");
            client.shutdownNow(); // its WebSockets are open
        }
    }

    private static String joins(RawConnection line) throws Exception {
        line.send("42/caps,1[\"join\",\"store\"]");
        return String.valueOf(line.next());
    }

    /// Leaves the namespace, and waits until that is done: packets of a connection are handled in order.
    private static void disconnect(RawConnection line) throws Exception {
        line.send("41/caps,");
        line.send("40/unknown,");
        assertThat(line.next()).startsWith("44/unknown,");
    }

    private static boolean isHere(String address) {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
