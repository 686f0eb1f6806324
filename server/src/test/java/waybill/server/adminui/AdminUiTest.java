package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;

/// The protocol of `@socket.io/admin-ui` over the hub's port.
class AdminUiTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final PasswordHash HASH = PasswordHash.of("correct horse", new SecureRandom());
    private static final int PASSWORDS_PER_MINUTE = 6;

    @SuppressWarnings("NullAway.Init")
    private static WaybillServer hub;

    @SuppressWarnings("NullAway.Init")
    private static WaybillServer readOnlyHub;

    /// Signed in once for all tests, so that the limit of passwords is for the test of it.
    @SuppressWarnings("NullAway.Init")
    private static String sessionId;

    private final List<AdminTestClient> clients = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path data) {
        hub = WaybillServer.start(config(data.resolve("one"), false));
        readOnlyHub = WaybillServer.start(config(data.resolve("two"), true));
        try (var admin = AdminTestClient.connect(url(hub, "/admin"), credentials("ops", "correct horse"))) {
            sessionId = (String) admin.next("session").args().getFirst();
        }
    }

    private static Config config(Path data, boolean isReadOnly) {
        return Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(
                        IdentityConfig.of(new Trust.SharedSecret(SECRET)).withBadTokensPerMinute(PASSWORDS_PER_MINUTE))
                .withAdminUi(Optional.of(new AdminUiConfig("ops", HASH, isReadOnly)));
    }

    @AfterAll
    static void stop() {
        hub.close();
        readOnlyHub.close();
    }

    @AfterEach
    void disconnect() {
        clients.forEach(AdminTestClient::close);
    }

    private static String url(WaybillServer hub, String path) {
        return "http://127.0.0.1:" + hub.addresses().getFirst().getPort() + path;
    }

    private static Map<String, String> credentials(String user, String password) {
        return Map.of("username", user, "password", password);
    }

    private static String token(String id, Role role) {
        return new TokenIssuer(SECRET, InstantSource.system())
                .issue(new Grant(new Principal(id, role, null, null, null), Duration.ofHours(1)));
    }

    private AdminTestClient keep(AdminTestClient client) {
        clients.add(client);
        return client;
    }

    private AdminTestClient driver(String id) {
        return keep(AdminTestClient.connect(url(hub, "/realtime"), Map.of("token", token(id, Role.DRIVER))));
    }

    private AdminTestClient admin() {
        return keep(AdminTestClient.connect(url(hub, "/admin"), Map.of("sessionId", sessionId)));
    }

    @Test
    void anAdministratorIsSentTheConfigurationAllSocketsAndTheFigures() throws JSONException {
        var kari = driver("kari");
        var admin = admin();
        assertThat(admin.next("config").json().toString())
                .isEqualTo("{\"supportedFeatures\":[\"EMIT\",\"JOIN\",\"LEAVE\",\"DISCONNECT\",\"MJOIN\",\"MLEAVE\","
                        + "\"MDISCONNECT\",\"AGGREGATED_EVENTS\",\"ALL_EVENTS\"]}");
        var stats = admin.next("server_stats").json();
        assertThat(stats.getInt("clientsCount")).isGreaterThanOrEqualTo(2);
        assertThat(stats.getInt("pollingClientsCount")).isZero();
        assertThat(stats.getLong("pid")).isEqualTo(ProcessHandle.current().pid());
        assertThat(stats.getDouble("uptime")).isPositive();
        assertThat(stats.getString("serverId")).isNotEmpty();
        assertThat(stats.getString("hostname")).isNotEmpty();
        assertThat(stats.getJSONArray("namespaces").toString())
                .contains("{\"name\":\"/realtime\",\"socketsCount\":1}")
                .contains("\"/caps\"");
        var socket = AdminTestClient.find(admin.next("all_sockets"), kari.id());
        assertThat(socket.getString("nsp")).isEqualTo("/realtime");
        assertThat(socket.getString("transport")).isEqualTo("websocket");
        assertThat(socket.getString("clientId")).hasSize(12);
        assertThat(socket.getJSONObject("data").toString()).isEqualTo("{\"role\":\"driver\",\"userId\":\"kari\"}");
        assertThat(socket.getJSONArray("rooms").toString()).contains("user:driver:kari", kari.id());
        var handshake = socket.getJSONObject("handshake");
        assertThat(handshake.getString("address")).isEqualTo("127.0.0.1");
        assertThat(handshake.getLong("issued")).isPositive();
        assertThat(handshake.getBoolean("secure")).isFalse();
        assertThat(handshake.getJSONObject("query").getString("EIO")).isEqualTo("4");
        admin.next(
                "server_stats",
                args -> ((JSONObject) args.getFirst())
                        .optJSONArray("aggregatedEvents")
                        .toString()
                        .contains("\"type\":\"bytesOut\""));
    }

    @Test
    void whatHappensToSocketsIsSentAndCommandsAreExecuted() throws JSONException {
        var admin = admin();
        admin.next("all_sockets");
        var kari = driver("kari");
        var id = kari.id();
        assertThat(admin.next(
                                "socket_connected",
                                args -> ((JSONObject) args.getFirst())
                                        .optString("id")
                                        .equals(id))
                        .args())
                .hasSize(2);
        assertThat(admin.ask("join", "/realtime", "vip", id).toString()).isEqualTo("{\"ok\":true}");
        assertThat(admin.next("room_joined", args -> args.get(1).equals("vip")).args())
                .startsWith("/realtime", "vip", id)
                .hasSize(4);
        admin.emit("emit", "/realtime", "vip", "greeting", new JSONObject("{\"hello\":\"kari\"}"), 7);
        var greeting = kari.next("greeting");
        assertThat(greeting.json().getString("hello")).isEqualTo("kari");
        assertThat(greeting.args().get(1)).isEqualTo(7);
        var sent = admin.next(
                "event_sent",
                args -> args.contains(id) && args.get(2).toString().contains("greeting"));
        assertThat(sent.args().subList(0, 2)).containsExactly("/realtime", id);
        assertThat(sent.args().get(2).toString()).isEqualTo("[\"greeting\",{\"hello\":\"kari\"},7]");
        kari.emit("no:such:event", new JSONObject("{\"token\":\"s3cret\",\"note\":\"seen\"}"));
        var event = admin.next("event_received", args -> args.contains(id));
        assertThat(event.args().get(2).toString())
                .startsWith("[\"no:such:event\",")
                .contains("\"token\":\"[hidden]\"", "\"note\":\"seen\"");
        admin.ask("leave", "/realtime", "vip", id);
        assertThat(admin.next("room_left", args -> args.contains(id)).args()).startsWith("/realtime", "vip", id);
        admin.ask("_disconnect", "/realtime", false, id);
        assertThat(kari.next("disconnect").args()).containsExactly("io server disconnect");
        admin.next("room_left", args -> args.contains(id) && args.contains("role:driver"));
        assertThat(admin.next("socket_disconnected", args -> args.contains(id)).args())
                .startsWith("/realtime", id, "server namespace disconnect");
    }

    @Test
    void commandsWithoutAFilterReachAllSocketsOfTheNamespace() {
        var admin = admin();
        var kari = driver("kari");
        var ola = driver("ola");
        admin.ask("join", "/realtime", "everyone");
        admin.ask("emit", "/realtime", "everyone", "greeting");
        kari.next("greeting");
        ola.next("greeting");
        admin.ask("leave", "/realtime", "everyone", "");
        admin.ask("_disconnect", "/realtime", true);
        kari.next("disconnect");
        ola.next("disconnect");
    }

    @Test
    void malformedCommandsAreRefused() throws JSONException {
        var admin = admin();
        assertThat(message(admin.ask("emit", "/nowhere", "", "greeting")))
                .isEqualTo("nsp: /nowhere (expected: a namespace of the hub)");
        assertThat(message(admin.ask("emit", "/realtime"))).isEqualTo("event: missing (expected: 1..200 characters)");
        assertThat(message(admin.ask("emit", "/realtime", "", "disconnect"))).startsWith("event: \"disconnect\"");
        assertThat(message(admin.ask("join", "/realtime", "x".repeat(201))))
                .isEqualTo("room: 201 characters (expected: 1..200 characters)");
        assertThat(message(admin.ask("join", "/realtime", "room", 7))).startsWith("filter: missing");
    }

    private static String message(JSONObject answer) throws JSONException {
        return answer.getJSONObject("error").getString("message");
    }

    @Test
    void tokensOfHandshakesAreNeverShown() {
        var secrets = List.of(token("kari", Role.DRIVER), token("ola", Role.DRIVER), token("per", Role.DRIVER));
        keep(AdminTestClient.open(
                        url(hub, "/realtime"),
                        Map.of("token", secrets.get(0)),
                        "token=" + secrets.get(1) + "&dialect=x&key=" + secrets.get(1),
                        Map.of(
                                "Authorization", List.of("Bearer " + secrets.get(2)),
                                "Cookie", List.of("sid=" + secrets.get(2)),
                                "Referer", List.of("http://shop.example/t/" + secrets.get(2)))))
                .awaitConnect();
        var admin = admin();
        var all = admin.next("all_sockets").args().toString();
        assertThat(all)
                .contains("\"token\":\"[hidden]\"", "\"dialect\":\"x\"", "\"key\":\"[hidden]\"")
                .contains("token=%5Bhidden%5D");
        for (var secret : secrets) {
            assertThat(admin.transcript()).doesNotContain(secret, secret.substring(secret.lastIndexOf('.') + 1));
        }
    }

    @Test
    void aReadOnlyAdminUiRefusesCommands() throws JSONException {
        try (var admin = AdminTestClient.connect(url(readOnlyHub, "/admin"), credentials("ops", "correct horse"))) {
            assertThat(admin.next("config").json().toString())
                    .isEqualTo("{\"supportedFeatures\":[\"AGGREGATED_EVENTS\",\"ALL_EVENTS\"]}");
            for (var command : List.of("emit", "join", "leave", "_disconnect")) {
                var answer = admin.ask(command, "/admin", "room", "greeting");
                assertThat(message(answer)).isEqualTo(command + ": the Admin UI is read-only (expected: no command)");
            }
        }
    }

    @Test
    void wrongCredentialsAreRefusedAndPasswordsLimitedPerAddress() {
        for (var auth : List.of(
                credentials("ops", "wrong horse"),
                credentials("root", "correct horse"),
                credentials("ops", "x".repeat(100)),
                Map.of("sessionId", "guessed"),
                Map.of("username", "ops"))) {
            assertThat(keep(AdminTestClient.open(url(hub, "/admin"), auth)).refusal())
                    .isEqualTo("invalid credentials");
        }
        var refusal = "";
        for (int i = 0; i < PASSWORDS_PER_MINUTE && !refusal.startsWith("password: too many"); i++) {
            refusal = keep(AdminTestClient.open(url(hub, "/admin"), credentials("ops", "wrong horse")))
                    .refusal();
        }
        assertThat(refusal)
                .isEqualTo(
                        "password: too many from 127.0.0.1 (expected: at most " + PASSWORDS_PER_MINUTE + " a minute)");
        admin().next("config"); // a session goes on
    }

    @Test
    void aTokenStillSpeaksTheStorefrontAndMayNotCommand() throws JSONException {
        var root = keep(AdminTestClient.connect(url(hub, "/admin"), Map.of("token", token("root", Role.ADMIN))));
        var answer = root.ask("_disconnect", "/admin", true);
        assertThat(answer.getBoolean("ok")).isFalse();
        var admin = admin();
        assertThat(AdminTestClient.find(admin.next("all_sockets"), root.id())
                        .getJSONObject("data")
                        .toString())
                .isEqualTo("{\"role\":\"admin\",\"userId\":\"root\"}");
        assertThat(root.transcript()).doesNotContain("supportedFeatures");
    }

    @Test
    void thePageIsServedWithAPolicyOfItsOwn() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var page = get(http, "/admin-ui/");
            assertThat(get(http, "/admin-ui").headers().firstValue("location")).contains("/admin-ui/");
            assertThat(page.body())
                    .contains("Socket.IO Admin UI", "mdi-7.4.47/css")
                    .doesNotContain("https://");
            assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-")
                    .contains("connect-src 'self';", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(get(http, "/dashboard")
                            .headers()
                            .firstValue("content-security-policy")
                            .orElse(""))
                    .contains("style-src 'self';");
            assertThat(get(http, "/admin-ui/js/app.0d7d7845.js").headers().firstValue("content-type"))
                    .contains("text/javascript; charset=utf-8");
            assertThat(get(http, "/admin-ui/favicon.png").headers().firstValue("content-type"))
                    .contains("image/png");
            for (var path : List.of("/admin-ui/index.html", "/admin-ui/js/", "/admin-ui/../files.txt")) {
                assertThat(get(http, path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    private static HttpResponse<String> get(HttpClient http, String path) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url(hub, path))).build(), BodyHandlers.ofString());
    }

    @Test
    void thereIsNeitherPageNorSignInWithoutAnAccount(@TempDir Path data) throws Exception {
        try (var plain = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
                var http = HttpClient.newHttpClient();
                var admin = AdminTestClient.open(url(plain, "/admin"), credentials("ops", "correct horse"))) {
            assertThat(admin.refusal()).isEqualTo("auth: a name and password (expected: auth.token)");
            var page = http.send(
                    HttpRequest.newBuilder(URI.create(url(plain, "/admin-ui/"))).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void allSocketsAreThoseOfEveryNamespace() {
        var kari = driver("kari");
        var caps = keep(AdminTestClient.connect(url(hub, "/caps"), Map.of("token", token("kari", Role.DRIVER))));
        var admin = admin();
        var all = admin.next("all_sockets");
        AdminTestClient.find(all, kari.id());
        AdminTestClient.find(all, caps.id());
        AdminTestClient.find(all, admin.id());
    }
}
