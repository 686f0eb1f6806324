package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;

/// The hub's guarantee: two stores and three drivers work at full speed while the hub is killed repeatedly at random
/// moments of a seed. Every acknowledged change is stored and takes effect once, and no event is invented.
///
/// `-Dwaybill.seed=N` and `-Dwaybill.kills=N` select another run, or a longer one.
class KilledHubTest {

    private static final long SEED = Long.getLong("waybill.seed", 1);
    private static final int KILLS = Integer.getInteger("waybill.kills", 20);

    /// The most orders placed, delivered or thanked for before the next kill.
    private static final int EVENTS_MAX = 1_000;

    @TempDir
    private Path data = Path.of("");

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void acknowledgedChangesSurviveEveryKillAndTakeEffectOnce() throws IOException, InterruptedException {
        var random = new SplittableRandom(SEED);
        var witness = new DeliveryAudit();
        var hub = start(0);
        var url = hub.url();
        try (var _ = new BusyStore("acme-widgets", url, random.split(), witness).start();
                var _ = new BusyStore("1-800-flowers", url, random.split(), witness).start();
                var _ = new BusyDriver("kari", url, witness).start();
                var _ = new BusyDriver("noor", url, witness).start();
                var _ = new BusyDriver("olu", url, witness).start()) {
            for (int kill = 0; kill < KILLS; kill++) {
                witness.awaitEvents(random.nextInt(EVENTS_MAX));
                hub.close();
                hub = start(url.getPort());
            }
            witness.close();
            assertThat(messagesQueued(url)).isZero();
        } finally {
            hub.close();
        }
        System.out.println("seed " + SEED + ", " + KILLS + " kills: " + witness);
        witness.verify();
    }

    private HubProcess start(int port) throws InterruptedException {
        return HubProcess.start(port, data, "--order-rate", "0", "--session-rate", "0");
    }

    private static long messagesQueued(URI hub) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(hub.resolve("/api/v1/queues")).build();
            var queues = new JSONObject(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .getJSONArray("queues");
            var sum = 0L;
            for (int i = 0; i < queues.length(); i++) {
                sum += queues.getJSONObject(i).getLong("depth");
            }
            return sum;
        }
    }
}
