package waybill.cli.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.socketio.redis.TestRedis;
import waybill.storage.postgres.PostgresServer;

/// Stores and drivers work on two nodes of one hub, on one database and one Redis, while a node and Redis are killed
/// and
/// paused: nothing is lost, and nothing is done twice.
@Timeout(180)
class TwoHubsOverRedisTest {

    private static final int EVENTS = 60;

    @TempDir
    private Path data = Path.of("");

    @Test
    void everyParcelIsDeliveredOnceWhileANodeAndRedisAreKilledAndPaused() throws IOException, InterruptedException {
        var audit = new DeliveryAudit();
        var random = new SplittableRandom(1);
        var database = PostgresServer.url(PostgresServer.createDatabase());
        try (var redis = TestRedis.startOwn();
                var first = startHub("first", 0, database, redis);
                var second = startHub("second", 0, database, redis);
                var _ = new BusyStore("acme-widgets", first.url(), random.split(), audit).start();
                var _ = new BusyStore("1-800-flowers", second.url(), random.split(), audit).start();
                var _ = new BusyDriver("kari", first.url(), audit).start();
                var _ = new BusyDriver("ola", second.url(), audit).start()) {
            audit.awaitEvents(EVENTS);
            redis.kill();
            audit.awaitEvents(EVENTS);
            redis.restart();
            signal(second, "STOP");
            audit.awaitEvents(EVENTS / 4); // of the other node
            signal(second, "CONT");
            audit.awaitEvents(EVENTS);
            redis.pause();
            first.program().close(); // kill -9
            try (var _ = startHub("first", first.url().getPort(), database, redis)) {
                audit.awaitEvents(EVENTS);
                redis.resume();
                audit.awaitEvents(EVENTS);
                audit.close();
            }
        }
        audit.verify();
    }

    private HubProcess startHub(String name, int port, String database, TestRedis redis) throws InterruptedException {
        return HubProcess.start(
                List.of(),
                Map.of(
                        "WAYBILL_LOG_EVENTS",
                        "OFF",
                        "WAYBILL_DATABASE",
                        database,
                        "WAYBILL_REDIS",
                        redis.uri().toString()),
                port,
                data.resolve(name),
                "--order-rate",
                "0",
                "--session-rate",
                "0");
    }

    private static void signal(HubProcess hub, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + signal, "" + hub.program().pid()).start();
        assertThat(kill.waitFor()).isZero();
    }
}
