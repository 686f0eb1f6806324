package waybill.socketio.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineServer;
import waybill.socketio.netty.EngineSettings;
import waybill.socketio.netty.EngineSocket;

/// The servers that the scripts talk to, each on a port of its own with a single event loop, so that what is sent
/// first is dealt with first. Run by hand, for the protocol's own test suites, one may have more.
final class TestServer implements AutoCloseable {

    /// What a script may ask for.
    enum Kind {
        /// Engine.IO alone; echoes what it receives.
        ECHO("/engine.io/"),
        /// The same, and pings often.
        LIVELY("/engine.io/"),
        /// The same, and waits for no answer.
        IMPATIENT("/engine.io/"),
        /// The same, with little room for a message.
        RUDE("/engine.io/"),
        /// Socket.IO, as the protocol's own test suite wants it.
        SOCKET("/socket.io/"),
        /// The same, with little time to join a namespace.
        HASTY("/socket.io/"),
        /// The same, with a short heart too, and a little more time.
        SUITE("/socket.io/");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        String path() {
            return path;
        }

        String scriptName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.scriptName().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "server: " + word + " (expected: one of " + Arrays.toString(values()) + ")"));
        }
    }

    private static final Duration SHORT_PING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PING_INTERVAL = Duration.ofMillis(300);
    private static final Duration PING_TIMEOUT = Duration.ofMillis(200);
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration SUITE_CONNECT_TIMEOUT = Duration.ofMillis(1_500); // it waits for three pings first
    private static final int SMALL_PAYLOAD_MAX = 10_000;

    private final int port;
    private final IntSupplier connections;
    private final Runnable stop;

    private TestServer(int port, IntSupplier connections, Runnable stop) {
        this.port = port;
        this.connections = connections;
        this.stop = stop;
    }

    static TestServer start(Kind kind) {
        return start(kind, 0, 1);
    }

    private static TestServer start(Kind kind, int port, int loops) {
        var calm = EngineSettings.defaults().withPath(kind.path()).withLoops(loops);
        var config = Config.defaults()
                .withEngine(engine -> engine.withPath(kind.path()).withLoops(loops));
        return switch (kind) {
            case ECHO -> echo(calm, port);
            case LIVELY -> echo(calm.withPingInterval(SHORT_PING_INTERVAL), port);
            case IMPATIENT -> echo(calm.withPingInterval(PING_INTERVAL).withPingTimeout(PING_TIMEOUT), port);
            case RUDE -> echo(calm.withMaxHttpBufferSize(SMALL_PAYLOAD_MAX), port);
            case SOCKET -> socketIo(config, port);
            case HASTY -> socketIo(config.withConnectTimeout(CONNECT_TIMEOUT), port);
            case SUITE -> socketIo(suite(config), port);
        };
    }

    private static Config suite(Config config) {
        return config.withEngine(
                        engine -> engine.withPingInterval(PING_INTERVAL).withPingTimeout(PING_TIMEOUT))
                .withConnectTimeout(SUITE_CONNECT_TIMEOUT);
    }

    private static TestServer echo(EngineSettings config, int port) {
        var server = new EngineServer(config, EchoListener::new);
        int bound = server.listen(loopback(port)).getPort();
        return new TestServer(bound, server::connectionCount, () -> server.close(Duration.ZERO));
    }

    private static TestServer socketIo(Config config, int port) {
        var server = new SocketServer(config);
        for (var name : new String[] {"/", "/custom"}) {
            var namespace = server.of(name);
            namespace.onConnection(
                    socket -> socket.emit("auth", socket.handshake().auth()));
            namespace.on("message", (socket, args, _) -> socket.emit("message-back", args.toArray()));
            namespace.on("message-with-ack", (_, args, ack) -> ack.send(args.toArray()));
            namespace.on("put-me-out", (socket, _, _) -> socket.disconnect(true));
        }
        server.of("/thinking").use((_, _) -> {});
        var closed = server.of("/closed");
        closed.use((_, next) -> next.reject("not you", Map.of("code", "forbidden")));
        closed.on("message", (socket, args, _) -> socket.emit("message-back", args.toArray()));
        int bound = server.listen(loopback(port)).getPort();
        return new TestServer(bound, server::connectionCount, () -> server.close(Duration.ZERO));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int port() {
        return port;
    }

    /// How many connections are open.
    int connections() {
        return connections.getAsInt();
    }

    @Override
    public void close() {
        stop.run();
    }

    /// Runs one server until it is killed: `suite 3000`, or `suite 3000 2` with two event loops.
    public static void main(String[] args) throws InterruptedException {
        int loops = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        var server = start(Kind.of(args[0]), Integer.parseInt(args[1]), loops);
        System.out.println("listening on " + server.port());
        new CountDownLatch(1).await();
    }

    private record EchoListener(EngineSocket socket) implements EngineListener.MessageListener {

        @Override
        public void onText(String text) {
            socket.send("4", text, List.of(), FrameOptions.RELIABLE);
        }

        @Override
        public void onBinary(byte[] bytes) {
            socket.send(bytes);
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }
}
