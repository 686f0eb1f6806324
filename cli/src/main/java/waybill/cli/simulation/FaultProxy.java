package waybill.cli.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// A port in front of the nodes of a hub, each of which gets its turn, whose connections are cut and delayed. Each
/// connection has two virtual threads.
/// Thread-safe.
final class FaultProxy implements AutoCloseable {

    private static final int CHUNK_MAX = 8_192;
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final long CUT_EVERY_MS = 50;

    /// One connection in this many is cut every 50 ms, so that each lives for 8 s on average.
    private static final int CUT_ONE_IN = 160;

    private static final int DELAY_MAX_MS = 60;
    private static final int STALL_MS = 3_000;

    /// One chunk in this many is late by seconds, and all behind it.
    private static final int STALL_ONE_IN = 300;

    private final List<InetSocketAddress> hubs;
    private final AtomicInteger turns = new AtomicInteger();
    private final ConcurrentMap<Long, Long> openedBySecond = new ConcurrentHashMap<>();
    private final ServerSocket server;
    private final URI url;
    private final Set<Fault> faults;
    private final SplittableRandom random; // guarded by itself
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong cuts = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean isFaulty;

    FaultProxy(List<URI> hubs, Set<Fault> faults, SplittableRandom random) {
        this.hubs = hubs.stream()
                .map(hub -> new InetSocketAddress(hub.getHost(), hub.getPort() < 0 ? 80 : hub.getPort()))
                .toList();
        this.faults = faults;
        this.random = random;
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = URI.create("http://localhost:" + server.getLocalPort());
        Thread.startVirtualThread(this::accept);
        Thread.startVirtualThread(this::cutSometimes);
    }

    URI url() {
        return url;
    }

    /// From here on connections fail, or no longer.
    void setFaulty(boolean value) {
        isFaulty = value;
    }

    /// How many connections were cut.
    long cuts() {
        return cuts.get();
    }

    /// How many connections were opened in the second with the most.
    long openedInASecondMax() {
        return openedBySecond.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    void cutAll() {
        connections.forEach(Connection::cut);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(Connection::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.startVirtualThread(() -> connect(client));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        openedBySecond.merge(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime()), 1L, Long::sum);
        var first = turns.getAndIncrement();
        for (var i = 0; i < hubs.size(); i++) {
            var hub = hubs.get(Math.floorMod(first + i, hubs.size()));
            var upstream = new Socket();
            try {
                upstream.connect(hub, CONNECT_TIMEOUT_MS);
                upstream.setTcpNoDelay(true);
                client.setTcpNoDelay(true);
                join(client, upstream);
                return;
            } catch (IOException _) { // this node is down
                close(upstream);
            }
        }
        close(client);
    }

    private void join(Socket client, Socket upstream) {
        var connection = new Connection(client, upstream);
        connections.add(connection);
        Thread.startVirtualThread(() -> connection.pump(client, upstream));
        connection.pump(upstream, client);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // a connection that fails when it is closed is closed
        }
    }

    private void cutSometimes() {
        try {
            while (!closed.await(CUT_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (isFaulty && faults.contains(Fault.DROP)) {
                    connections.stream().filter(_ -> draw(CUT_ONE_IN) == 0).forEach(Connection::cut);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private int draw(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private long delayMs() {
        if (!isFaulty || !faults.contains(Fault.DELAY)) {
            return 0;
        }
        return draw(STALL_ONE_IN) == 0 ? STALL_MS : draw(DELAY_MAX_MS);
    }

    /// A connection of a client, and the one to the hub that belongs to it.
    private final class Connection {

        private final Socket client;
        private final Socket upstream;

        Connection(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        private void pump(Socket from, Socket to) {
            var chunk = new byte[CHUNK_MAX];
            try {
                for (var size = from.getInputStream().read(chunk);
                        size >= 0;
                        size = from.getInputStream().read(chunk)) {
                    var delayMs = delayMs();
                    if (delayMs > 0 && closed.await(delayMs, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    to.getOutputStream().write(chunk, 0, size);
                }
            } catch (IOException _) {
                // the other end is told below
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        /// Resets both ends: what is on its way is lost.
        void cut() {
            try {
                client.setSoLinger(true, 0);
                upstream.setSoLinger(true, 0);
            } catch (IOException _) {
                return; // closed already
            }
            cuts.incrementAndGet();
            close();
        }

        void close() {
            connections.remove(this);
            FaultProxy.close(client);
            FaultProxy.close(upstream);
        }
    }
}
