package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static waybill.server.caps.CapsTestClient.json;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.caps.CapsTestClient;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TestSocketClient;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;

/// A hub that asks for tokens, as its users meet it.
class SecuredServerTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final String ACME = "acme-widgets";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private @Nullable WaybillServer hub;
    private final List<AutoCloseable> clients = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var client : clients) {
            client.close();
        }
        if (hub != null) {
            hub.close();
        }
    }

    @Test
    void capsWantsATokenToo() {
        var address = start(secured());
        var stranger = TestSocketClient.connect(address, "/caps", Map.of(), "driverId=kari", "");
        clients.add(stranger);
        assertThat(stranger.nextEvent())
                .startsWith("refused")
                .contains("token: missing")
                .contains("unauthenticated");
        var forged = TestSocketClient.connectWithToken(address, "/caps", "nonsense");
        clients.add(forged);
        assertThat(forged.nextEvent()).startsWith("refused").contains("token: not a signed JWT");
    }

    @Test
    void capsMayBeLeftOpenOnPurpose() {
        var address = start(secured().withCapsOpen(true));
        var stranger = connect(address, "driverId=kari");
        assertThat(isOk(stranger.emitWithAck("pickup", parcel("any-store", "m1"))))
                .isTrue();
        var forged = TestSocketClient.connectWithToken(address, "/caps", "nonsense");
        clients.add(forged);
        assertThat(forged.nextEvent()).startsWith("refused");
    }

    @Test
    void aMerchantActsForItsOwnStoreOnly() {
        var address = start(secured());
        var merchant = connect(address, "token=" + token(new Principal("ann", Role.MERCHANT, null, null, ACME)));
        assertThat(isOk(merchant.emitWithAck("join", ACME))).isTrue();
        assertThat(isOk(merchant.emitWithAck("pickup", parcel(ACME, "m1")))).isTrue();
        assertThat(isOk(merchant.emitWithAck("getAll", json("clientId", ACME, "event", "delivered"))))
                .isTrue();
        assertThat(code(merchant.emitWithAck("join", "1-800-flowers"))).isEqualTo("forbidden");
        assertThat(code(merchant.emitWithAck("pickup", parcel("1-800-flowers", "m2"))))
                .isEqualTo("forbidden");
        assertThat(code(merchant.emitWithAck("getAll", json("event", "pickup"))))
                .isEqualTo("forbidden");
        assertThat(code(merchant.emitWithAck("subscribe", json("clientId", ACME, "event", "pickup"))))
                .isEqualTo("forbidden");
        assertThat(code(merchant.emitWithAck("in-transit", parcel(ACME, "m1")))).isEqualTo("forbidden");
        assertThat(code(merchant.emitWithAck("scan", "m1"))).isEqualTo("forbidden");
        assertThat(merchant.emitWithAck("delivered", parcel(ACME, "m1")).toString())
                .contains(
                        "delivered: for acme-widgets by a merchant of acme-widgets (expected: a role that the access table allows)");
    }

    @Test
    void theTokenOverridesTheClaimedDriver() throws Exception {
        var address = start(secured());
        var admin = connect(address, "token=" + token(person("root", Role.ADMIN)));
        admin.emitWithAck("pickup", parcel(ACME, "m1"));
        var kari = connect(address, "driverId=ola&token=" + token(person("kari", Role.DRIVER)));
        assertThat(isOk(kari.emitWithAck("in-transit", parcel(ACME, "m1")))).isTrue();
        var ola = connect(address, "driverId=kari&token=" + token(person("ola", Role.DRIVER)));
        assertThat(code(ola.emitWithAck("delivered", parcel(ACME, "m1")))).isEqualTo("conflict");
        assertThat(code(kari.emitWithAck("pickup", parcel(ACME, "m2")))).isEqualTo("forbidden");
        assertThat(code(kari.emitWithAck("join", ACME))).isEqualTo("forbidden");
        assertThat(isOk(kari.emitWithAck("getAll", json("event", "pickup")))).isTrue();
        assertThat(isOk(kari.emitWithAck("delivered", parcel(ACME, "m1")))).isTrue();
        assertThat(get(address, token(person("root", Role.ADMIN))).body()).contains("driver:kari");
    }

    @Test
    void aCustomerHasNoBusinessOnCaps() {
        var address = start(secured());
        var customer = connect(address, "token=" + token(person("jane", Role.CUSTOMER)));
        for (var event : List.of("pickup", "in-transit", "delivered", "scan", "join")) {
            assertThat(code(customer.emitWithAck(event, parcel(ACME, "m1"))))
                    .as(event)
                    .isEqualTo("forbidden");
        }
        var admin = connect(address, "token=" + token(person("root", Role.ADMIN)));
        assertThat(isOk(admin.emitWithAck("pickup", parcel(ACME, "m1")))).isTrue();
        assertThat(customer.emitWithAck("unsubscribe", json("clientId", ACME, "event", "delivered"))
                        .has("ok"))
                .isTrue();
        admin.emitWithAck("scan", "m1");
    }

    @Test
    void theLogIsVisibleToAuthorizedRoles() throws Exception {
        var address = start(secured());
        assertThat(get(address, "").statusCode()).isEqualTo(401);
        assertThat(get(address, "").body())
                .contains("\"code\":\"unauthenticated\"")
                .contains("Authorization: missing (expected: Bearer and a token)");
        var driver = get(address, token(person("kari", Role.DRIVER)));
        assertThat(driver.statusCode()).isEqualTo(403);
        assertThat(driver.body()).contains("role: driver (expected: merchant, admin or support)");
        assertThat(get(address, token(person("root", Role.ADMIN))).statusCode()).isEqualTo(200);
    }

    @Test
    void aHubThatAsksForTokensMayListenAnywhere() {
        assertThatCode(() -> Config.defaults(data)
                        .withHost("0.0.0.0")
                        .withIdentity(secured())
                        .requireSafeAddress())
                .doesNotThrowAnyException();
    }

    @Test
    void inDevelopmentATokenCountsAllTheSame() {
        var address = start(IdentityConfig.development());
        var issuer = running().identity().issuer().orElseThrow();
        var merchant = connect(
                address,
                "token="
                        + issuer.issue(
                                new Grant(new Principal("ann", Role.MERCHANT, null, null, ACME), Duration.ofHours(1))));
        assertThat(code(merchant.emitWithAck("join", "1-800-flowers"))).isEqualTo("forbidden");
        assertThat(isOk(connect(address, "").emitWithAck("join", "1-800-flowers")))
                .isTrue();
    }

    private InetSocketAddress start(IdentityConfig identity) {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withIdentity(identity));
        return hub.addresses().getFirst();
    }

    private WaybillServer running() {
        if (hub == null) {
            throw new AssertionError("no hub runs");
        }
        return hub;
    }

    private CapsTestClient connect(InetSocketAddress address, String query) {
        var socket = CapsTestClient.connect(address, query);
        clients.add(socket);
        return socket;
    }

    private static HttpResponse<String> get(InetSocketAddress address, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/api/v1/log"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static IdentityConfig secured() {
        return IdentityConfig.of(new Trust.SharedSecret(SECRET));
    }

    private static Principal person(String id, Role role) {
        return new Principal(id, role, null, null, null);
    }

    private static String token(Principal who) {
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(who, Duration.ofHours(1)));
    }

    private static JSONObject parcel(String store, String id) {
        return json("clientId", store, "messageId", id, "order", json("orderId", id, "customer", "Jane Doe"));
    }

    private static boolean isOk(JSONObject answer) {
        return answer.optBoolean("ok");
    }

    private static String code(JSONObject answer) {
        var error = answer.optJSONObject("error");
        return error == null ? "" : error.optString("code");
    }
}
