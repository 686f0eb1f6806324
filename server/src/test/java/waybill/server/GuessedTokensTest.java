package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;

/// What becomes of an address that shows one bad token after the other: over HTTP and over sockets together.
class GuessedTokensTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final int REFUSED_MAX = 3;

    /// An address of the loopback network that is not the one by which this machine calls itself.
    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    @SuppressWarnings("NullAway.Init")
    private HttpClient guesser;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        hub = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(SECRET)).withBadTokensPerMinute(REFUSED_MAX)));
        guesser = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ELSEWHERE))
                .build();
    }

    private static boolean isHere(String address) {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        if (guesser != null) {
            guesser.close();
            hub.close();
        }
    }

    @Test
    void anAddressWithManyBadTokensIsRateLimited() throws JSONException {
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(log(guesser, "guess-" + i).statusCode()).isEqualTo(401);
        }
        var tooMany = log(guesser, "guess");
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers().firstValueAsLong("retry-after").orElse(0)).isPositive();
        assertThat(tooMany.headers().firstValue("content-type")).contains("application/problem+json");
        var problem = new JSONObject(tooMany.body());
        assertThat(problem.getString("code")).isEqualTo("rate_limited");
        assertThat(problem.getString("detail"))
                .isEqualTo("token: too many from 127.0.0.2 were rejected (expected: at most 3 a minute)");
        assertThat(problem.getLong("retryAfterMs")).isPositive();
        assertThat(knock("nonsense")).as("by a socket").contains("\"code\":\"rate_limited\"", "\"retryAfterMs\":");
        try (var other = HttpClient.newHttpClient()) {
            assertThat(log(other, "guess").statusCode()).as("from elsewhere").isEqualTo(401);
            assertThat(log(other, token()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aGoodTokenIsAcceptedDespiteBadTokensFromItsAddress() {
        for (var i = 0; i < 2 * REFUSED_MAX; i++) {
            log(guesser, "guess-" + i);
        }
        assertThat(log(guesser, "guess").statusCode()).isEqualTo(429);
        assertThat(log(guesser, token()).statusCode()).isEqualTo(200);
        assertThat(knock(token())).as("of an admin, by a socket").startsWith("40/caps,");
    }

    @Test
    void badTokensOfSocketsCountTooAndNoTokenIsNotABadOne() {
        for (var i = 0; i < REFUSED_MAX; i++) {
            assertThat(knock("")).startsWith("44/caps,").contains("token: missing");
            assertThat(log(guesser, token()).statusCode()).isEqualTo(200);
            assertThat(knock("nonsense")).contains("\"code\":\"unauthenticated\"");
        }
        assertThat(log(guesser, "nonsense").statusCode()).isEqualTo(429);
        assertThat(knock("")).contains("token: missing");
    }

    private HttpResponse<String> log(HttpClient client, String token) {
        return send(client, HttpRequest.newBuilder(uri("/api/v1/log")).header("Authorization", "Bearer " + token));
    }

    /// The answer to a socket that connects to `/caps` by long polling.
    private String knock(String token) {
        var session = "/socket.io/?EIO=4&transport=polling";
        var opened = send(guesser, HttpRequest.newBuilder(uri(session))).body();
        var polling = session + "&sid=" + opened.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        var auth = token.isEmpty() ? "{}" : "{\"token\":\"" + token + "\"}";
        send(guesser, HttpRequest.newBuilder(uri(polling)).POST(BodyPublishers.ofString("40/caps," + auth)));
        var told = send(guesser, HttpRequest.newBuilder(uri(polling))).body();
        return told;
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort() + path);
    }

    private static String token() {
        var root = new Principal("root", Role.ADMIN, null, null, null);
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(root, Duration.ofHours(1)));
    }
}
