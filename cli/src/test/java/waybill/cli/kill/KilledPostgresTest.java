package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.storage.postgres.KillablePostgres;
import waybill.storage.postgres.PostgresServer;

/// Stores and drivers work at full speed on two hubs with one database, while the server of the database is killed
/// repeatedly at random moments of a seed. Every acknowledged change is stored and takes effect once.
///
/// `-Dwaybill.seed=N` and `-Dwaybill.kills=N` select another run, or a longer one.
class KilledPostgresTest {

    private static final long SEED = Long.getLong("waybill.seed", 1);
    private static final int KILLS = Integer.getInteger("waybill.kills", 3);

    /// The most orders placed, delivered or thanked for before the next kill.
    private static final int EVENTS_MAX = 600;

    @TempDir
    private Path data = Path.of("");

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void acknowledgedChangesOfBothHubsSurviveEveryKillAndTakeEffectOnce() throws IOException, InterruptedException {
        var random = new SplittableRandom(SEED);
        var witness = new DeliveryAudit();
        try (var postgres = KillablePostgres.start(data.resolve("postgres"));
                var first = start("first", postgres);
                var second = start("second", postgres);
                var _ = new BusyStore("acme-widgets", first.url(), random.split(), witness).start();
                var _ = new BusyStore("1-800-flowers", second.url(), random.split(), witness).start();
                var _ = new BusyDriver("kari", first.url(), witness).start();
                var _ = new BusyDriver("noor", second.url(), witness).start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                witness.awaitEvents(random.nextInt(EVENTS_MAX));
                postgres.kill();
                for (var hub : List.of(first, second)) {
                    awaitReadiness(hub.url(), 503);
                }
                postgres.restart();
                for (var hub : List.of(first, second)) {
                    awaitReadiness(hub.url(), 200);
                }
            }
            witness.close();
        }
        System.out.println("seed " + SEED + ", " + KILLS + " kills: " + witness);
        witness.verify();
    }

    private HubProcess start(String name, KillablePostgres postgres) throws InterruptedException {
        return HubProcess.start(
                List.of(),
                Map.of("WAYBILL_LOG_EVENTS", "OFF", "WAYBILL_DATABASE", PostgresServer.url(postgres.address())),
                0,
                data.resolve(name),
                "--order-rate",
                "0",
                "--session-rate",
                "0");
    }

    private static void awaitReadiness(URI hub, int status) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(hub.resolve("/health/ready")).build();
            var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            HttpResponse<String> response;
            do {
                assertThat(deadline - System.nanoTime())
                        .as("time left until /health/ready is %d", status)
                        .isPositive();
                response = http.send(request, HttpResponse.BodyHandlers.ofString());
            } while (response.statusCode() != status);
            assertThat(new JSONObject(response.body()).getString("status")).isNotEmpty();
        }
    }
}
