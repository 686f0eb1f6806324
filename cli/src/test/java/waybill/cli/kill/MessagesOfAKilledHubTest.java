package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.concurrent.Executors;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// Every push message and every e-mail arrives, at whatever moment the hub is killed. One that is sent again has the
/// same
/// topic or `Message-ID`, by which it replaces itself.
@Timeout(180)
class MessagesOfAKilledHubTest {

    private static final TestUser JANE = TestUser.customer("jane");
    private static final TestUser MIA = TestUser.merchant("mia", "acme");

    /// When the hub is killed.
    private enum Moment {
        AFTER_THE_COMMIT,
        WHILE_THE_SERVICE_WORKS,
        AFTER_THE_SERVICE_ANSWERED
    }

    @TempDir
    private Path data = Path.of("");

    private final Arrivals pushes = new Arrivals();
    private final Arrivals mails = new Arrivals();

    @Test
    void everyMessageArrivesUnderOneTopicOrMessageId()
            throws IOException, InterruptedException, GeneralSecurityException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var browsers = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        browsers.createContext("/", this::receive);
        browsers.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        browsers.start();
        try (var mailServer = new TestMailServer(id -> mails.add(order(id), id))) {
            var hub = start(0, secret, mailServer);
            try {
                call(hub, secret, JANE, "/api/v1/devices", device(browsers.getAddress()));
                var count = 0;
                for (var moment : Moment.values()) {
                    count++;
                    if (moment == Moment.WHILE_THE_SERVICE_WORKS) {
                        pushes.holdAnswers();
                        mails.holdAnswers();
                    }
                    notifyJane(hub, secret);
                    if (moment != Moment.AFTER_THE_COMMIT) {
                        pushes.awaitTopics(count);
                        mails.awaitTopics(count);
                    }
                    var port = hub.url().getPort();
                    hub.close();
                    pushes.giveAnswers();
                    mails.giveAnswers();
                    hub = start(port, secret, mailServer);
                    pushes.awaitTopics(count);
                    mails.awaitTopics(count);
                }
            } finally {
                hub.close();
            }
        } finally {
            browsers.stop(0);
        }
        assertThat(pushes.topics()).hasSize(Moment.values().length).doesNotContain("");
        assertThat(mails.topics()).hasSize(Moment.values().length).doesNotContain("");
        assertThat(mails.isEachUnderOneId()).isTrue();
    }

    private void receive(HttpExchange request) throws IOException {
        request.getRequestBody().readAllBytes();
        var topic = String.valueOf(request.getRequestHeaders().getFirst("Topic"));
        pushes.add(topic, topic);
        request.sendResponseHeaders(201, -1);
        request.close();
    }

    /// `<job-7.ORDER@shop.example>`.
    private static String order(String messageId) {
        return messageId.replaceFirst("^<job-\\d+\\.([^@]+)@.*$", "$1");
    }

    /// By e-mail of the new order, and by push when it is accepted.
    private static void notifyJane(HubProcess hub, TokenSecret secret) throws IOException, InterruptedException {
        var order = new JSONObject()
                .put("storeId", "acme")
                .put("deliveryAddress", "1 Main St")
                .put("items", new JSONObject[] {
                    new JSONObject().put("product", "soup").put("quantity", 1)
                });
        var id = call(hub, secret, JANE, "/api/v1/orders", order).getString("orderId");
        try (var rest = new RestClient(hub.url(), secret::token)) {
            rest.patch(MIA, "/api/v1/orders/" + id + "/status", new JSONObject().put("status", "accepted"))
                    .done();
        }
    }

    private static JSONObject call(HubProcess hub, TokenSecret secret, TestUser user, String path, JSONObject body)
            throws IOException, InterruptedException {
        var email = user.id() + "@home.example";
        try (var rest =
                new RestClient(hub.url(), caller -> secret.token(caller.claims().put("email", email)))) {
            return rest.post(user, path, body).done();
        }
    }

    /// A browser whose key is not needed.
    private static JSONObject device(InetSocketAddress service) throws GeneralSecurityException, IOException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var point = ((ECPublicKey) generator.generateKeyPair().getPublic()).getW();
        var key = new ByteArrayOutputStream();
        key.write(4);
        key.write(coordinate(point.getAffineX()));
        key.write(coordinate(point.getAffineY()));
        var keys = new JSONObject().put("p256dh", encode(key.toByteArray())).put("auth", encode(new byte[16]));
        return new JSONObject()
                .put("platform", "web")
                .put(
                        "subscription",
                        new JSONObject()
                                .put("endpoint", "http://127.0.0.1:" + service.getPort() + "/jane")
                                .put("keys", keys));
    }

    private static byte[] coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var coordinate = new byte[32];
        var length = Math.min(bytes.length, coordinate.length);
        System.arraycopy(bytes, bytes.length - length, coordinate, coordinate.length - length, length);
        return coordinate;
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private HubProcess start(int port, TokenSecret secret, TestMailServer mail) throws InterruptedException {
        return HubProcess.start(
                port,
                data.resolve("hub"),
                "--jwt-secret-file",
                secret.file().toString(),
                "--web-push-contact",
                "mailto:operator@shop.example",
                "--web-push-private",
                "--push-grace",
                "0",
                "--smtp-host",
                "127.0.0.1",
                "--smtp-port",
                Integer.toString(mail.port()),
                "--smtp-security",
                "none",
                "--mail-from",
                "hub@shop.example");
    }
}
