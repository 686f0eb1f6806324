package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;

/// The time to accept an order passes while the hub is down, too.
@Timeout(180)
class ExpiryTest {

    private static final TestUser ADA = TestUser.customer("ada");
    private static final TestUser MIA = TestUser.merchant("mia", "acme-widgets");

    @TempDir
    private Path data = Path.of("");

    @Test
    void anUnacceptedOrderExpiresAfterTheHubWasKilled() throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var received = new ReceivedEvents();
        var hub = start(0, secret);
        var url = hub.url();
        try (var rest = new RestClient(url, secret::token);
                var sockets = new JavaSocketClients(url, received)) {
            var customer = TestSocket.storefront(ADA, secret.token(ADA));
            var merchant = TestSocket.marketplace(MIA, secret.token(MIA));
            var order = rest.post(ADA, "/api/v1/orders", RestClient.order("acme-widgets", "late"))
                    .done()
                    .getString("orderId");
            hub.close();
            hub = start(url.getPort(), secret);
            sockets.connect(customer);
            sockets.connect(merchant);
            for (var spec : List.of(customer, merchant)) {
                awaitStatus(spec, sockets, received, order);
            }
            assertThat(rest.events(ADA, order))
                    .extracting(event -> event.getString("status"))
                    .containsExactly("pending", "expired");
            var tooLate =
                    rest.patch(MIA, "/api/v1/orders/" + order + "/status", new JSONObject().put("status", "accepted"));
            assertThat(tooLate.status()).as("%s", tooLate).isEqualTo(409);
        } finally {
            hub.close();
        }
    }

    /// Waits until it is expired, now or while the client was disconnected.
    private static void awaitStatus(TestSocket spec, JavaSocketClients sockets, ReceivedEvents received, String order)
            throws InterruptedException {
        received.await(spec.name(), "connect", note -> note.event().equals("connect"));
        var missed = (JSONObject) sockets.emitWithAck(spec, "sync", new JSONObject().put("since", 0));
        for (var event : missed.getJSONArray("events")) {
            var one = (JSONObject) event;
            received.record(
                    spec.name(),
                    new ReceivedEvents.ReceivedEvent(
                            one.getString("event"), new JSONArray().put(one.getJSONObject("data"))));
        }
        received.await(
                spec.name(),
                "expired",
                note -> note.names(order) && note.status().equals("expired"));
    }

    private HubProcess start(int port, TokenSecret secret) throws InterruptedException {
        return HubProcess.start(
                port, data.resolve("hub"), "--jwt-secret-file", secret.file().toString(), "--accept-within", "5s");
    }
}
