package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;

/// What a client with a token that is not accepted is sent, packet by packet. A Socket.IO client keeps the events
/// that it receives before its CONNECT is answered, and emits none of them to the application if the answer is
/// CONNECT_ERROR: an `error` event would reach no listener, so the reason is in the CONNECT_ERROR itself.
class RejectedTokenTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final Principal JANE = new Principal("jane", Role.CUSTOMER, null, null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(SECRET))));
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realtime", "/caps"})
    void aRejectedTokenIsAnsweredWithAConnectErrorAndNoEvent(String namespace) throws Exception {
        var now = InstantSource.system();
        var twoHoursAgo = (InstantSource) () -> now.instant().minus(Duration.ofHours(2));
        var forged = token(Secret.of("another one of thirty-two bytes!"), now);
        var connection = new RawConnection(http, hub.addresses().getFirst());
        assertRejected(connection, namespace, "", "token: missing");
        assertRejected(connection, namespace, "nonsense", "token: not a signed JWT");
        assertRejected(connection, namespace, forged, "signature: does not match");
        assertRejected(connection, namespace, token(SECRET, twoHoursAgo), "exp: ");
        connection.send("40" + namespace + ",{\"token\":\"" + token(SECRET, now) + "\"}");
        assertThat(connection.next()).startsWith("40" + namespace + ",{\"sid\":");
    }

    /// The next packet, and so nothing before it.
    private static void assertRejected(RawConnection connection, String namespace, String token, String message)
            throws Exception {
        connection.send("40" + namespace + ",{\"token\":\"" + token + "\"}");
        assertThat(connection.next())
                .startsWith("44" + namespace + ",{\"message\":\"" + message)
                .endsWith("\"data\":{\"code\":\"unauthenticated\"}}");
    }

    private static String token(Secret secret, InstantSource clock) {
        return new TokenIssuer(secret, clock).issue(new Grant(JANE, Duration.ofHours(1)));
    }
}
