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

/// The time that a store has to accept an order runs on while there is no hub.
@Timeout(180)
class ExpiryTest {

    private static final Party ADA = Party.customer("ada");
    private static final Party MIA = Party.merchant("mia", "acme-widgets");

    @TempDir
    private Path data = Path.of("");

    @Test
    void anOrderThatNobodyAcceptsExpiresAlsoWhenTheHubWasKilledMeanwhile() throws IOException, InterruptedException {
        var secret = Secret.in(data.resolve("secret"));
        var notes = new Notes();
        var hub = start(0, secret);
        var url = hub.url();
        try (var rest = new Rest(url, secret::token);
                var sockets = new JavaSockets(url, notes)) {
            var customer = Seat.storefront(ADA, secret.token(ADA));
            var merchant = Seat.marketplace(MIA, secret.token(MIA));
            var order = rest.post(ADA, "/api/v1/orders", Rest.order("acme-widgets", "late"))
                    .done()
                    .getString("orderId");
            hub.close();
            hub = start(url.getPort(), secret);
            sockets.open(customer);
            sockets.open(merchant);
            for (var seat : List.of(customer, merchant)) {
                hears(seat, sockets, notes, order);
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

    /// That it is expired: now, or already while nobody was there.
    private static void hears(Seat seat, JavaSockets sockets, Notes notes, String order) throws InterruptedException {
        notes.await(seat.name(), "connect", note -> note.event().equals("connect"));
        var missed = (JSONObject) sockets.ask(seat, "sync", new JSONObject().put("since", 0));
        for (var event : missed.getJSONArray("events")) {
            var one = (JSONObject) event;
            notes.heard(
                    seat.name(),
                    new Notes.Note(one.getString("event"), new JSONArray().put(one.getJSONObject("data"))));
        }
        notes.await(
                seat.name(),
                "expired",
                note -> note.names(order) && note.status().equals("expired"));
    }

    private HubProcess start(int port, Secret secret) throws InterruptedException {
        return HubProcess.start(
                port, data.resolve("hub"), "--jwt-secret-file", secret.file().toString(), "--accept-within", "5s");
    }
}
