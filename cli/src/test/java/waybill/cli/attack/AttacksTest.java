package waybill.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.cli.HubProcess;
import waybill.cli.ProgramProcess;
import waybill.cli.orders.TestUser;
import waybill.cli.orders.TokenSecret;

/// A hub with 256 MB of heap is attacked in one way after the other while honest clients use it: it stays up, their
/// requests are answered, and the memory that the attack used is released.
///
/// `-Dwaybill.attack.seconds=N` sets the length of each attack. No other test runs at the same time: it measures.
@Tag("alone")
class AttacksTest {

    private static final int SECONDS = Integer.getInteger("waybill.attack.seconds", 10);
    private static final int HONEST = 50;
    private static final long P99_MAX_MS = 500;
    private static final long PERMIT_EVERY_MS = 50;
    private static final long WARM_UP_SECONDS = 2;
    private static final long HEAP_GROWTH_MAX_KB = 32 * 1024;

    /// @param started that were tried
    /// @param opened on which the attack itself began
    private record Connections(int started, int opened) {}

    @TempDir
    private static Path folder = Path.of("");

    private static HubProcess hub;
    private static AttackTarget target;
    private static HonestClients honest;
    private static long heapBeforeKb;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        var secret = TokenSecret.create(folder.resolve("secret"));
        hub = HubProcess.start(
                List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError"),
                Map.of(),
                0,
                folder.resolve("hub"),
                "--jwt-secret-file",
                secret.file().toString());
        target = new AttackTarget(hub.url(), secret::token);
        honest = HonestClients.connect(
                hub.url(),
                IntStream.range(0, HONEST)
                        .mapToObj(i -> secret.token(TestUser.customer("honest-" + i)))
                        .toList());
        target.fill();
        for (var attack : Attack.values()) {
            perform(attack, WARM_UP_SECONDS); // so that bounded caches are full, and what grows from here on is a leak
        }
        heapBeforeKb = liveHeapKb();
    }

    @AfterAll
    static void stop() {
        honest.close();
        hub.close();
    }

    @ParameterizedTest
    @EnumSource
    void theHubStaysUpAndServesHonestClients(Attack attack) throws IOException, InterruptedException {
        honest.reset();
        var connections = perform(attack, SECONDS);
        var p99Ms = honest.p99Ms();
        System.out.println(attack + ": " + connections.started() + " connections, " + connections.opened() + " begun, "
                + honest.responses() + " responses, p99 " + p99Ms + " ms");
        assertThat(connections.opened())
                .as("connections on which the attack began")
                .isPositive();
        assertThat(honest.disconnected())
                .as("honest clients that lost their connection")
                .isEmpty();
        assertThat(p99Ms).as("p99 of honest clients, ms").isLessThan(P99_MAX_MS);
        assertThat(liveHeapKb() - heapBeforeKb)
                .as("growth of what is live on the heap, kB")
                .isLessThan(HEAP_GROWTH_MAX_KB);
    }

    /// Attacks for so many seconds with [Attack#CONNECTIONS] threads and one more connection each [#PERMIT_EVERY_MS],
    /// then releases all.
    private static Connections perform(Attack attack, long seconds) throws InterruptedException {
        var free = new Semaphore(Attack.CONNECTIONS);
        var endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        var started = 0;
        var opened = new AtomicInteger();
        var sockets = ConcurrentHashMap.<Socket>newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var scheduler = Executors.newSingleThreadScheduledExecutor()) {
            var permits = new Semaphore(0);
            scheduler.scheduleAtFixedRate(permits::release, 0, PERMIT_EVERY_MS, TimeUnit.MILLISECONDS);
            while (permits.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)
                    && free.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                started++;
                threads.execute(() -> {
                    try (var socket = attack.open(target)) {
                        opened.incrementAndGet();
                        sockets.add(socket);
                        attack.once(target, socket);
                        sockets.remove(socket);
                    } catch (IOException _) {
                        // refused, closed or without a response: the hub defends itself
                    } finally {
                        free.release();
                    }
                });
            }
            scheduler.shutdownNow();
            for (var socket : sockets) {
                closeQuietly(socket);
            }
        }
        return new Connections(started, opened.get());
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is closed
        }
    }

    /// The used heap of the hub after a collection.
    private static long liveHeapKb() throws InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = String.valueOf(hub.program().pid());
        try (var collect = ProgramProcess.start(Map.of(), Path.of("."), List.of(jcmd, pid, "GC.run"))) {
            assertThat(collect.awaitExit())
                    .as("the hub is up; it printed %s", hub.program().lines())
                    .isZero();
        }
        try (var info = ProgramProcess.start(Map.of(), Path.of("."), List.of(jcmd, pid, "GC.heap_info"))) {
            assertThat(info.awaitExit()).isZero();
            return info.lines(" total \\d+K, used (\\d+)K", 2).stream()
                    .mapToLong(match -> Long.parseLong(match.group(1)))
                    .sum();
        }
    }
}
