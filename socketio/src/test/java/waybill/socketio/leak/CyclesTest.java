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
import waybill.socketio.adapter.Recovery;
import waybill.socketio.wire.Peer;

/// Connects and goes away again, in every way there is, and looks whether anything stays behind. With
/// `-Dcycles=100000` as often as that; the build is content with 20,000.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CyclesTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";
    private static final int CYCLES = Integer.getInteger("cycles", 20_000);
    private static final int WARM_UP = 2_000;
    private static final int WAYS = 6;
    private static final long GROWTH_MAX = 4_000_000;
    private static final long PATIENCE_NS = 30_000_000_000L;

    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final SocketServer server = new SocketServer(Config.defaults()
            .withEngine(engine -> engine.withLoops(2))
            .withRecovery(new Recovery(Duration.ofMillis(50), 1_000, 1_000, false)));
    private int port;

    @BeforeAll
    void start() {
        server.of("/").onConnection(socket -> {
            joined.incrementAndGet();
            socket.join("everyone", "room-" + joined.get() % 10);
        });
        server.of("/").onDisconnect((_, _) -> left.incrementAndGet());
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    @AfterAll
    void stop() {
        server.close(Duration.ZERO);
    }

    @Test
    void whoeverComesAndGoesLeavesNothingBehind() {
        run(WARM_UP);
        long before = heapInUse();
        run(CYCLES);
        long after = heapInUse();
        System.out.printf(
                "%,d connections came and went; heap in use %,d KB before, %,d KB after%n",
                CYCLES, before / 1_000, after / 1_000);
        assertThat(after - before).as("growth of the heap in bytes").isLessThan(GROWTH_MAX);
        assertThat(left.get()).isEqualTo(joined.get());
        assertThat(server.of("/").socketCount()).isZero();
    }

    private void run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            cycle(i % WAYS);
            if (i % 100 == 0) {
                server.to("everyone").emit("news", i);
            }
        }
        await();
    }

    private void await() {
        long since = System.nanoTime();
        while (!allGone() && System.nanoTime() - since < PATIENCE_NS) {
            Thread.onSpinWait();
        }
        assertThat(server.connections()).as("connections that stayed").isZero();
    }

    /// A connection is forgotten a moment before its socket hears of the end.
    private boolean allGone() {
        return server.connections() == 0 && left.get() == joined.get();
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

    /// Says goodbye in the protocol's words, or goes without a word. The line is reset in either case, or this machine
    /// would soon run out of ports.
    private void webSocket(boolean abrupt) {
        var peer = Peer.webSocket(port, WEBSOCKET);
        peer.hear();
        peer.text("40");
        peer.hear();
        if (!abrupt) {
            peer.text("1");
            peer.closed();
        }
        peer.drop();
    }

    private void polling(boolean abrupt) {
        var peer = Peer.dial(port);
        var at = POLLING + "&sid=" + join(peer);
        if (abrupt) {
            peer.request("GET", at, "");
        } else {
            peer.post(at, "1");
        }
        peer.drop();
    }

    private void upgrade(boolean abrupt) {
        var peer = Peer.dial(port);
        var sid = join(peer);
        var probe = Peer.webSocket(port, WEBSOCKET + "&sid=" + sid);
        probe.text("2probe");
        probe.hear();
        probe.text("5");
        peer.drop();
        if (!abrupt) {
            probe.text("1");
            probe.closed();
        }
        probe.drop();
    }

    private static String join(Peer peer) {
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
