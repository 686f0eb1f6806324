package waybill.cli.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.orders.TokenSecret;
import waybill.server.identity.Grant;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.socketio.redis.TestRedis;
import waybill.storage.postgres.KillablePostgres;
import waybill.storage.postgres.PostgresServer;

/// Three nodes on PostgreSQL and Redis, with the clients of `waybill simulate --url` on all of them, while each of a
/// node,
/// Redis and PostgreSQL is killed and paused in turn.
///
/// `-Dwaybill.pause=PT10S` pauses each for longer, and `-Dwaybill.orders=N` places more orders.
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class ThreeHubsUnderFaultsTest {

    private static final Duration PAUSE = Duration.parse(System.getProperty("waybill.pause", "PT1.5S"));
    private static final int ORDERS = Integer.getInteger("waybill.orders", 60);
    private static final int DRIVERS = 12;
    private static final int NODES = 3;
    private static final Duration VALID = Duration.ofHours(1);

    /// Three kills and three pauses, each after a while.
    private static final int STEPS = 6;

    /// What PostgreSQL and Redis take to start again, beside the pauses.
    private static final Duration RESTARTS = Duration.ofSeconds(10);

    @TempDir
    private Path data = Path.of("");

    private TokenSecret secret;
    private KillablePostgres postgres;
    private TestRedis redis;
    private final List<HubProcess> hubs = new ArrayList<>();
    private final AtomicInteger broke = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    @BeforeEach
    void start() throws IOException, InterruptedException {
        secret = TokenSecret.create(data.resolve("secret"));
        redis = TestRedis.startOwn();
        postgres = KillablePostgres.start(data.resolve("postgres"));
        for (var i = 0; i < NODES; i++) {
            hubs.add(startHub(i, 0));
        }
    }

    @AfterEach
    void close() throws IOException {
        hubs.forEach(HubProcess::close);
        redis.close();
        postgres.close();
    }

    private HubProcess startHub(int number, int port) throws InterruptedException {
        return HubProcess.start(
                List.of(),
                Map.of(
                        "WAYBILL_LOG_EVENTS",
                        "OFF",
                        "WAYBILL_DATABASE",
                        PostgresServer.url(postgres.address()),
                        "WAYBILL_REDIS",
                        redis.uri().toString()),
                port,
                data.resolve("node-" + number),
                "--jwt-secret-file",
                secret.file().toString(),
                "--rest-rate",
                "0",
                "--order-rate",
                "0",
                "--session-rate",
                "0");
    }

    @Test
    void nothingIsLostOrDoneTwiceWhileANodeRedisAndPostgresAreKilledAndPaused() throws Exception {
        var faults = EnumSet.allOf(Fault.class);
        faults.remove(Fault.KILL);
        var urls = hubs.stream().map(HubProcess::url).toList();
        var duration = PAUSE.multipliedBy(STEPS + 2).plus(RESTARTS);
        var plan = new SimulationPlan(urls, "nodes", DRIVERS, ORDERS, duration, faults, 1, "");
        var issuer = new TokenIssuer(Secret.of(secret.text()), InstantSource.system());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var simulation = new SocketSimulation(
                        plan,
                        user -> issuer.issue(new Grant(user, VALID)),
                        InstantSource.system(),
                        line -> System.out.println(line))) {
            var broken = threads.submit(() -> breakInTurn(threads));
            var report = simulation.run();
            var brokeMeanwhile = broke.get();
            ended.countDown();
            System.out.println(report.text());
            broken.get();
            assertThat(brokeMeanwhile)
                    .as("kills and pauses while the clients were at work")
                    .isEqualTo(STEPS);
            assertThat(report.violations()).isEmpty();
            assertThat(report.counts().get("orders committed")).isEqualTo(ORDERS);
        }
    }

    private Object breakInTurn(ExecutorService threads) throws Exception {
        var last = hubs.getLast();
        pause(); // the clients connect
        last.program().close(); // kill -9
        broke.incrementAndGet();
        var restarted = threads.submit(
                () -> hubs.set(NODES - 1, startHub(NODES - 1, last.url().getPort())));
        pause();
        signal(hubs.get(1), "-STOP");
        broke.incrementAndGet();
        pause();
        signal(hubs.get(1), "-CONT");
        redis.kill();
        broke.incrementAndGet();
        pause();
        redis.restart();
        redis.pause();
        broke.incrementAndGet();
        pause();
        redis.resume();
        postgres.kill();
        broke.incrementAndGet();
        postgres.restart();
        pause();
        postgres.pause();
        broke.incrementAndGet();
        pause();
        postgres.resume();
        return restarted.get();
    }

    /// Time passes; less when the simulation ends before.
    private void pause() throws InterruptedException {
        var _ = ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void signal(HubProcess hub, String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, "" + hub.program().pid()).start();
        assertThat(kill.waitFor()).isZero();
    }
}
