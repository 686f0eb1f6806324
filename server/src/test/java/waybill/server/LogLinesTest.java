package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.server.caps.CapsTestClient;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TestSocketClient;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;
import waybill.server.live.LiveTestClient;

/// The lines that an operator reads: sockets that come and go, requests that change something, and what clients are
/// sent.
class LogLinesTest {

    private static final Secret SECRET = Secret.of("thirty-two bytes that only tests know");
    private static final String ACME = "acme-widgets";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final Lines lines = new Lines();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private @Nullable WaybillServer hub;

    /// What the hub logs for operators, in the order of its lines.
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private static final List<String> LOGGERS =
                List.of("waybill.sockets", "waybill.requests", "waybill.events", "waybill.sent");

        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            queue.add(event.getLoggerName() + ": " + event.getFormattedMessage());
        }

        void listen() {
            start();
            for (var name : LOGGERS) {
                logger(name).addAppender(this);
                logger(name).setLevel(Level.INFO);
            }
        }

        void leave() {
            for (var name : LOGGERS) {
                logger(name).detachAppender(this);
                logger(name).setLevel(null);
            }
        }

        private static Logger logger(String name) {
            return (Logger) LoggerFactory.getLogger(name);
        }

        /// The next line that is like `regex`; lines in front of it are passed over.
        String next(String regex) throws InterruptedException {
            var passed = new ArrayList<String>();
            while (true) {
                var line = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(line).as("a line like /%s/ behind %s", regex, passed).isNotNull();
                if (line != null && line.matches(regex)) {
                    return line;
                }
                passed.add(String.valueOf(line));
            }
        }
    }

    @BeforeEach
    void listen() {
        lines.listen();
    }

    @AfterEach
    void stop() throws Exception {
        for (var client : clients) {
            client.close();
        }
        if (hub != null) {
            hub.close();
        }
        lines.leave();
    }

    @Test
    void aSocketThatComesAndGoesHasALineForEach() throws InterruptedException {
        var address = start();
        var jane = live(address, "/realtime", person("jane", Role.CUSTOMER));
        lines.next("waybill\\.sockets: /realtime customer:jane from 127\\.0\\.0\\.1 connected as \\S+");
        jane.close();
        lines.next("waybill\\.sockets: /realtime customer:jane from 127\\.0\\.0\\.1 disconnected:"
                + " client namespace disconnect, was \\S+");
        var merchant = CapsTestClient.connect(address, "token=" + token(merchant()));
        lines.next("waybill\\.sockets: /caps merchant:ann from 127\\.0\\.0\\.1 connected as \\S+");
        merchant.close();
        lines.next("waybill\\.sockets: /caps merchant:ann from 127\\.0\\.0\\.1 disconnected: .*");
    }

    @Test
    void aRefusedSocketHasALineThatSaysWhy() throws InterruptedException {
        var stranger = TestSocketClient.connectWithToken(start(), "/caps", "nonsense");
        clients.add(stranger);
        assertThat(stranger.nextEvent()).startsWith("refused");
        assertThat(lines.next("waybill\\.sockets: rejected .*"))
                .contains("{unauthenticated=1}, the newest /caps from 127.0.0.1: token: not a signed JWT");
    }

    @Test
    void aRequestThatMayChangeSomethingHasALine() throws IOException, InterruptedException {
        var address = start();
        assertThat(request(address, "GET", "/api/v1/orders", token(merchant()))).isEqualTo(200);
        assertThat(request(address, "PATCH", "/api/v1/orders/none/status", "")).isEqualTo(401);
        assertThat(lines.next("waybill\\.requests: .*"))
                .as("reads have none")
                .isEqualTo("waybill.requests: PATCH /api/v1/orders/none/status by a caller without a token: 401");
        assertThat(request(address, "POST", "/api/v1/orders", token(merchant())))
                .isEqualTo(400);
        assertThat(lines.next("waybill\\.requests: .*"))
                .isEqualTo("waybill.requests: POST /api/v1/orders by merchant:ann: 400");
    }

    @Test
    void whatCapsIsSentHasALine() throws InterruptedException {
        var address = start();
        var merchant = caps(address, merchant());
        caps(address, person("kari", Role.DRIVER));
        merchant.emitWithAck("pickup", parcel("m1"));
        var answered = "waybill\\.sent: /caps ack of pickup to \\S+ \\{\"ok\":true,.*";
        var told = "waybill\\.sent: /caps pickup to pickups@merged .*\"m1\".*";
        var both = List.of(lines.next("waybill\\.sent: .*"), lines.next("waybill\\.sent: .*"));
        assertThat(both).anyMatch(line -> line.matches(answered)).anyMatch(line -> line.matches(told));
        var late = caps(address, person("ola", Role.DRIVER));
        late.emitWithAck("getAll", json("event", "pickup"));
        lines.next("waybill\\.sent: /caps pickup to " + late.id() + " .*\"m1\".*");
        late.emit("scan", "nothing");
        lines.next("waybill\\.sent: /caps error to " + late.id() + " .*not_found.*");
    }

    @Test
    void whatAStoreIsAskedHasALine() throws InterruptedException {
        var address = start();
        live(address, "/marketplace", merchant());
        caps(address, merchant()).emitWithAck("pickup", parcel("m1"));
        lines.next("waybill\\.sent: /marketplace merchant:new_order to \\S+ .*");
    }

    @Test
    void whatClientsEmitHasALineWithoutSecrets() throws InterruptedException {
        var address = start();
        var merchant = caps(address, merchant());
        merchant.emit("pickup", json("store", ACME, "orderId", "m1", "accessToken", "s3cret"));
        assertThat(lines.next("waybill\\.events: /caps pickup from .*"))
                .contains("\"orderId\":\"m1\"", "\"accessToken\":\"[hidden]\"")
                .doesNotContain("s3cret");
        merchant.emit("login", json("value", "s3cret"));
        assertThat(lines.next("waybill\\.events: /caps login from .*"))
                .endsWith(merchant.id() + ", which is no event of the hub (18 characters)");
        var jane = live(address, "/realtime", person("jane", Role.CUSTOMER));
        jane.emit("login", json("value", "s3cret"));
        assertThat(lines.next("waybill\\.events: /realtime login from .*"))
                .endsWith(", which is no event of the hub (18 characters)");
    }

    private InetSocketAddress start() {
        var started = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withIdentity(IdentityConfig.of(new Trust.SharedSecret(SECRET))));
        hub = started;
        return started.addresses().getFirst();
    }

    private LiveTestClient live(InetSocketAddress address, String namespace, Principal who) {
        var socket = LiveTestClient.connect(address, namespace, Map.of("token", token(who)), "");
        clients.add(socket);
        return socket;
    }

    private CapsTestClient caps(InetSocketAddress address, Principal who) {
        var socket = CapsTestClient.connect(address, "token=" + token(who));
        clients.add(socket);
        return socket;
    }

    private static int request(InetSocketAddress address, String method, String path, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
                .header("Content-Type", "application/json");
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static Object parcel(String id) {
        return json("store", ACME, "orderId", id, "customer", "Jane", "address", "1 Main St");
    }

    private static Principal merchant() {
        return new Principal("ann", Role.MERCHANT, null, null, ACME);
    }

    private static Principal person(String id, Role role) {
        return new Principal(id, role, null, null, null);
    }

    private static String token(Principal who) {
        return new TokenIssuer(SECRET, InstantSource.system()).issue(new Grant(who, Duration.ofHours(1)));
    }
}
