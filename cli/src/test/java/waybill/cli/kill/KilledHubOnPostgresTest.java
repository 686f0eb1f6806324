package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.RestClient;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;
import waybill.storage.postgres.PostgresServer;

/// What a hub has acknowledged is in the database when the hub is killed.
@Timeout(120)
class KilledHubOnPostgresTest {

    private static final TestUser MIA = TestUser.merchant("mia", "acme-widgets");

    @TempDir
    private Path data = Path.of("");

    @Test
    void ordersAreReadByTheNextHub() throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var database = PostgresServer.url(PostgresServer.createDatabase());
        var hub = start(0, secret, database);
        var url = hub.url();
        try (var rest = new RestClient(url, secret::token)) {
            var order = rest.post(MIA, "/api/v1/orders", RestClient.order("acme-widgets", "first"))
                    .done()
                    .getString("orderId");
            rest.patch(MIA, "/api/v1/orders/" + order + "/status", new JSONObject().put("status", "accepted"))
                    .done();
            var events = names(rest.events(MIA, order));
            hub.close();
            hub = start(url.getPort(), secret, database);
            assertThat(names(rest.events(MIA, order))).isEqualTo(events).contains("accepted");
            rest.patch(MIA, "/api/v1/orders/" + order + "/status", new JSONObject().put("status", "ready_for_pickup"))
                    .done();
            assertThat(rest.post(MIA, "/api/v1/orders", RestClient.order("acme-widgets", "second"))
                            .done()
                            .getString("orderId"))
                    .isNotEqualTo(order);
        } finally {
            hub.close();
        }
    }

    private static List<String> names(List<JSONObject> events) {
        return events.stream().map(event -> event.getString("event")).toList();
    }

    private HubProcess start(int port, TokenSecret secret, String database) throws InterruptedException {
        return HubProcess.start(
                List.of(),
                Map.of("WAYBILL_LOG_EVENTS", "OFF", "WAYBILL_DATABASE", database),
                port,
                data.resolve("hub"),
                "--jwt-secret-file",
                secret.file().toString());
    }
}
