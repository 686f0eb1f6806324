package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// Every event arrives by webhook, under one id, at whatever moment the hub is killed.
@Timeout(180)
class WebhooksOfAKilledHubTest {

    private static final TestUser ADA = TestUser.admin("ada");
    private static final TestUser MIA = TestUser.merchant("mia", "acme-widgets");

    /// When the hub is killed.
    private enum Moment {
        AFTER_THE_COMMIT,
        WHILE_THE_RECEIVER_WORKS,
        AFTER_THE_RECEIVER_ANSWERED
    }

    @TempDir
    private Path data = Path.of("");

    private final Arrivals events = new Arrivals();

    @Test
    void everyEventArrivesAtLeastOnceUnderOneId() throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.start();
        var hub = start(0, secret);
        try {
            var url = hub.url();
            call(url, secret, ADA, "/api/v1/webhooks", endpoint(receiver.getAddress()));
            var count = 0;
            for (var moment : Moment.values()) {
                count++;
                if (moment == Moment.WHILE_THE_RECEIVER_WORKS) {
                    events.holdAnswers();
                }
                var order = call(url, secret, MIA, "/api/v1/orders", RestClient.order("acme-widgets", moment.name()));
                if (moment != Moment.AFTER_THE_COMMIT) {
                    events.awaitTopics(count);
                }
                hub.close();
                events.giveAnswers();
                hub = start(url.getPort(), secret);
                events.awaitTopics(count);
                assertThat(events.topics()).contains(order.getString("orderId"));
            }
            assertThat(events.topics()).hasSize(Moment.values().length);
            assertThat(events.isEachUnderOneId()).isTrue();
        } finally {
            hub.close();
            receiver.stop(0);
        }
    }

    private void receive(HttpExchange request) throws IOException {
        var body = new JSONObject(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        var order = body.getJSONObject("data").getString("orderId");
        var id = request.getRequestHeaders().getFirst("webhook-id");
        events.add(order, id);
        request.sendResponseHeaders(204, -1);
        request.close();
    }

    private static JSONObject endpoint(InetSocketAddress receiver) {
        return new JSONObject()
                .put("url", "http://127.0.0.1:" + receiver.getPort() + "/")
                .put("events", new String[] {"order.new"});
    }

    private static JSONObject call(URI hub, TokenSecret secret, TestUser user, String path, JSONObject body)
            throws IOException, InterruptedException {
        try (var rest = new RestClient(hub, secret::token)) {
            return rest.post(user, path, body).done();
        }
    }

    private HubProcess start(int port, TokenSecret secret) throws InterruptedException {
        return HubProcess.start(
                port,
                data.resolve("hub"),
                "--jwt-secret-file",
                secret.file().toString(),
                "--webhook-allow-http",
                "--webhook-allow-private");
    }
}
