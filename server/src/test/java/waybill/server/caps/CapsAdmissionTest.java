package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static waybill.server.caps.CapsTestClient.json;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TestSocketClient;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;
import waybill.server.socket.SocketLimits;

/// How many sockets `/caps` lets in, and whose tokens may say what there: as on the other namespaces.
@Timeout(120)
class CapsAdmissionTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");

    /// An address of the loopback network that is not the one by which this machine calls itself.
    private static final String ELSEWHERE = "127.0.0.2";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final List<TestSocketClient> visitors = new ArrayList<>();

    private void start(SocketLimits limits) {
        hub = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(SECRET)))
                .withSocketLimits(limits));
    }

    @AfterEach
    void stop() {
        visitors.forEach(TestSocketClient::close);
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void aUserHasNoMoreSocketsThanItMay() {
        start(SocketLimits.defaults().withSocketsPerUser(2));
        var first = visit("eve", Role.CUSTOMER);
        assertThat(first.nextEvent()).isEqualTo("connected");
        assertThat(visit("eve", Role.CUSTOMER).nextEvent()).isEqualTo("connected");
        assertThat(visit("eve", Role.CUSTOMER).nextEvent())
                .startsWith("refused")
                .contains("sockets: 2 of this user already", "\"code\":\"rate_limited\"", "retryAfterMs");
        assertThat(visit("eve", Role.DRIVER).nextEvent())
                .as("another user of that id")
                .isEqualTo("connected");
        first.close();
        var again = visit("eve", Role.CUSTOMER).nextEvent();
        while (!again.equals("connected")) { // until the hub has seen the first one go
            again = visit("eve", Role.CUSTOMER).nextEvent();
        }
    }

    @Test
    void fromOneAddressNoMoreSocketsComeThanMay() throws IOException {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        start(SocketLimits.defaults().withHandshakes(3, 0));
        try (var client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ELSEWHERE))
                .build()) {
            for (var i = 0; i < 3; i++) {
                assertThat(knock(client)).contains("token: missing");
            }
            assertThat(knock(client)).contains("handshakes: too many from 127.0.0.2", "rate_limited", "retryAfterMs");
        }
    }

    /// A customer waits for what such a driver has, and the whole crowd may come from one address.
    @Test
    void aDriverWithAnOrderComesThoughItsAddressHasSentTooMany() throws IOException {
        assumeTrue(isHere(ELSEWHERE), ELSEWHERE + ": not an address of this machine");
        start(SocketLimits.defaults().withHandshakes(3, 0));
        visit("ann", Role.MERCHANT).emitWithAck("pickup", json("store", "acme", "id", "m1"));
        assertThat(isOk(visit("kari", Role.DRIVER).emitWithAck("in-transit", json("store", "acme", "id", "m1"))))
                .isTrue();
        try (var client = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName(ELSEWHERE))
                .build()) {
            for (var i = 0; i < 3; i++) {
                assertThat(knock(client, "/caps", Role.CUSTOMER, "eve" + i)).contains("\"sid\"");
            }
            for (var namespace : List.of("/caps", "/realtime")) {
                assertThat(knock(client, namespace, Role.DRIVER, "ola")).contains("handshakes: too many from");
                assertThat(knock(client, namespace, Role.DRIVER, "kari")).contains("\"sid\"");
            }
        }
    }

    @Test
    void noTokenReceivesWhatIsNotItsOwn() {
        start(SocketLimits.defaults());
        var store = visit("ann", Role.MERCHANT);
        var kari = visit("kari", Role.DRIVER);
        var ola = visit("ola", Role.DRIVER);
        var customer = visit("eve", Role.CUSTOMER);
        assertThat(isOk(store.emitWithAck("pickup", json("store", "acme", "id", "m1"))))
                .isTrue();
        assertThat(isOk(kari.emitWithAck("in-transit", json("store", "acme", "id", "m1"))))
                .isTrue();
        var received = json("clientId", "acme", "event", "pickup", "messageId", "m1");
        assertThat(ola.emitWithAck("received", received).optInt("removed", -1)).isZero();
        assertThat(customer.emitWithAck("received", received)
                        .optJSONObject("error")
                        .optString("code"))
                .isEqualTo("forbidden");
        assertThat(customer.emitWithAck("received", json("messageId", "m1"))
                        .optJSONObject("error")
                        .optString("code"))
                .isEqualTo("invalid");
        assertThat(kari.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                .isEqualTo(1);
        assertThat(store.emitWithAck("getAll", json()).optInt("count"))
                .as("its own, without a name")
                .isEqualTo(1);
        assertThat(store.emitWithAck("received", json("messageId", "m1")).optInt("removed", -1))
                .isEqualTo(1);
    }

    private TestSocketClient visit(String id, Role role) {
        var store = role == Role.MERCHANT ? "acme" : null;
        var visitor = TestSocketClient.connectWithToken(
                hub.addresses().getFirst(), "/caps", token(new Principal(id, role, null, null, store)));
        visitors.add(visitor);
        return visitor;
    }

    private static String token(Principal principal) {
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(principal, Duration.ofHours(1)));
    }

    private static boolean isOk(JSONObject answer) {
        return answer.optBoolean("ok");
    }

    private static boolean isHere(String address) {
        try (var _ = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The answer to a socket that connects to `/caps` by long polling.
    private String knock(HttpClient client) {
        return knock(client, "40/caps,{}");
    }

    private String knock(HttpClient client, String namespace, Role role, String id) {
        var token = token(new Principal(id, role, null, null, null));
        return knock(client, "40" + namespace + ",{\"token\":\"" + token + "\"}");
    }

    private String knock(HttpClient client, String connect) {
        var session = "/socket.io/?EIO=4&transport=polling";
        var opened = send(client, HttpRequest.newBuilder(uri(session)));
        var polling = session + "&sid=" + opened.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
        send(client, HttpRequest.newBuilder(uri(polling)).POST(BodyPublishers.ofString(connect)));
        return send(client, HttpRequest.newBuilder(uri(polling)));
    }

    private static String send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString()).join().body();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort() + path);
    }
}
