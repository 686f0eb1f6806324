package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;

/// The time to answer an offer passes while the hub is down, too.
@Timeout(180)
class OfferExpiryTest {

    private static final TestUser MIA = TestUser.merchant("mia", "acme-widgets");
    private static final TestUser KARI = TestUser.driver("kari");

    @TempDir
    private Path data = Path.of("");

    @Test
    void anOpenOfferExpiresAfterTheHubWasKilledAndTheNextRoundFollows() throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var received = new ReceivedEvents();
        var hub = start(0, secret);
        var url = hub.url();
        try (var rest = new RestClient(url, secret::token);
                var sockets = new JavaSocketClients(url, received)) {
            var driver = TestSocket.marketplace(KARI, secret.token(KARI));
            var order = rest.post(MIA, "/api/v1/orders", RestClient.order("acme-widgets", "offered"))
                    .done()
                    .getString("orderId");
            for (var status : new String[] {"accepted", "ready_for_pickup"}) {
                rest.patch(MIA, "/api/v1/orders/" + order + "/status", new JSONObject().put("status", status))
                        .done();
            }
            hub.close();
            hub = start(url.getPort(), secret);
            sockets.connect(driver);
            received.await(
                    driver.name(),
                    "expired",
                    note -> note.event().equals("delivery:request_closed") && note.names(order));
            received.await(
                    driver.name(),
                    "the next offer",
                    note -> note.event().equals("delivery:new_request") && note.names(order));
            rest.post(KARI, "/api/v1/orders/" + order + "/accept-offer", new JSONObject())
                    .done();
            assertThat(rest.events(MIA, order))
                    .extracting(event -> event.getString("event"))
                    .containsSubsequence("pickup", "offer_closed", "offered", "assigned");
        } finally {
            hub.close();
        }
    }

    private HubProcess start(int port, TokenSecret secret) throws InterruptedException {
        return HubProcess.start(
                port, data.resolve("hub"), "--jwt-secret-file", secret.file().toString(), "--offer-timeout", "20s");
    }
}
