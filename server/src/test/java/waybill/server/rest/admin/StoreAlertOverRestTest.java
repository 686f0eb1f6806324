package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.hub.alert.StoreAlert;
import waybill.server.Platform;
import waybill.server.rest.ApiTestClient;

/// The alert about a store that cannot be written, in the list of alerts and in the metrics.
@Timeout(60)
class StoreAlertOverRestTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void itIsListedWhileTheDatabaseIsAway() throws IOException {
        var database = data.resolve("waybill.db");
        var elsewhere = data.resolve("elsewhere.db");
        var ahead = new AtomicReference<>(Duration.ZERO);
        var machine = Platform.system();
        var platform = new Platform(
                machine.clock(),
                () -> machine.nanoTime().getAsLong() + ahead.get().toNanos(),
                machine.random(),
                machine.threads());
        try (var api = ApiTestClient.start(data, UnaryOperator.identity(), platform)) {
            assertThat(alerts(api)).isZero();
            Files.move(database, elsewhere);
            api.awaitMetric("waybill_alerts_open{kind=\"store_unwritable\"} 1.0");
            var alert = api.get("support", "/api/v1/alerts")
                    .is(200)
                    .body()
                    .path("alerts")
                    .path(0);
            assertThat(alert.path("kind").asText()).isEqualTo("store_unwritable");
            assertThat(alert.path("severity").asText()).isEqualTo("critical");
            assertThat(alert.path("message").asText())
                    .isEqualTo("the store cannot be written: " + database
                            + " was deleted while the hub runs; orders are answered unavailable");
            api.request("DELETE", "admin", "/api/v1/alerts/" + alert.path("id").asText(), "")
                    .isProblem(503, "unavailable");
            Files.move(elsewhere, database);
            api.awaitMetric("waybill_journal_writable 1.0");
            ahead.set(StoreAlert.CLEAR_AFTER);
            api.awaitMetric("waybill_alerts_open{kind=\"store_unwritable\"} 0.0");
            assertThat(alerts(api)).isZero();
        }
    }

    private static int alerts(ApiTestClient api) {
        return api.get("admin", "/api/v1/alerts").is(200).body().path("alerts").size();
    }
}
