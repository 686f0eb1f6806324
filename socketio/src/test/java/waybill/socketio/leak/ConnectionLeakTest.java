package waybill.socketio.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.wire.RawClient;

/// Connects and goes away again, in every way there is, and looks whether anything stays behind. With
/// `-Dcycles=100000` as often as that; the build is content with 20,000.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionLeakTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int CYCLES = Integer.getInteger("cycles", 20_000);
    private static final int WARM_UP = 2_000;
    private static final int VARIANTS = 6;
    private static final long GROWTH_MAX = 4_000_000;
    private static final long TIMEOUT_NS = 30_000_000_000L;

    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger disconnectedCount = new AtomicInteger();
    private final SocketServer server = new SocketServer(Config.defaults()
            .withEngine(engine -> engine.withLoops(2))
            .withRecovery(new RecoveryConfig(Duration.ofMillis(50), 1_000, 1_000, false)));
    private int port;

    @BeforeAll
    void start() {
        server.of("/").onConnection(socket -> {
            joined.incrementAndGet();
            socket.join("all", "room-" + joined.get() % 10);
        });
        server.of("/").onDisconnect((_, _) -> disconnectedCount.incrementAndGet());
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterAll
    void stop() {
        server.close(Duration.ZERO);
    }

    @Test
    void connectionCyclesLeakNothing() {
        run(WARM_UP);
        long before = heapInUse();
        run(CYCLES);
        long after = heapInUse();
        System.out.printf(
                "%,d connections came and went; heap in use %,d KB before, %,d KB after%n",
                CYCLES, before / 1_000, after / 1_000);
        assertThat(after - before).as("growth of the heap in bytes").isLessThan(GROWTH_MAX);
        assertThat(disconnectedCount.get()).isEqualTo(joined.get());
        assertThat(server.of("/").socketCount()).isZero();
    }

    private void run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            cycle(i % VARIANTS);
            if (i % 100 == 0) {
                server.to("all").emit("news", i);
            }
        }
        await();
    }

    private void await() {
        long since = System.nanoTime();
        while (!isEverythingClosed() && System.nanoTime() - since < TIMEOUT_NS) {
            Thread.onSpinWait();
        }
        assertThat(server.connectionCount()).as("connections that stayed").isZero();
    }

    /// A connection is removed a moment before its socket is disconnected.
    private boolean isEverythingClosed() {
        return server.connectionCount() == 0 && disconnectedCount.get() == joined.get();
    }

    private void cycle(int way) {
        switch (way) {
            case 0 -> webSocket(false);
            case 1 -> webSocket(true);
            case 2 -> polling(false);
            case 3 -> polling(true);
            case 4 -> upgrade(false);
            default -> upgrade(true);
        }
    }

    /// Closes by the protocol, or without it. The line is reset in either case, or this machine
    /// would soon run out of ports.
    private void webSocket(boolean abrupt) {
        var peer = RawClient.openWebSocket(port, WEBSOCKET);
        peer.readFrame();
        peer.sendText("40");
        peer.readFrame();
        if (!abrupt) {
            peer.sendText("1");
            peer.readCloseCode();
        }
        peer.reset();
    }

    private void polling(boolean abrupt) {
        var peer = RawClient.connect(port);
        var at = POLLING + "&sid=" + join(peer);
        if (abrupt) {
            peer.sendRequest("GET", at, "");
        } else {
            peer.post(at, "1");
        }
        peer.reset();
    }

    private void upgrade(boolean abrupt) {
        var peer = RawClient.connect(port);
        var sid = join(peer);
        var probe = RawClient.openWebSocket(port, WEBSOCKET + "&sid=" + sid);
        probe.sendText("2probe");
        probe.readFrame();
        probe.sendText("5");
        peer.reset();
        if (!abrupt) {
            probe.sendText("1");
            probe.readCloseCode();
        }
        probe.reset();
    }

    private static String join(RawClient peer) {
        var open = peer.get(POLLING).body();
        var sid = open.replaceFirst("^0\\{\"sid\":\"([^\"]+)\".*", "$1");
        var at = POLLING + "&sid=" + sid;
        peer.post(at, "40");
        assertThat(peer.get(at).body()).startsWith("40{");
        return sid;
    }

    @SuppressWarnings("SystemGc")
    private static long heapInUse() {
        var memory = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, memory.totalMemory() - memory.freeMemory());
        }
        return least;
    }
}
