package waybill.socketio.redis;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import waybill.socketio.Config;
import waybill.socketio.Namespace;
import waybill.socketio.SocketServer;

/// A server that is one of several nodes. A socket joins and leaves rooms by the events `join` and `leave`.
final class TestNode implements AutoCloseable {

    static final String NAMESPACE = "/orders";

    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(500);
    private static final long TIMEOUT_SECONDS = 30;

    private final RedisCluster cluster;
    private final SocketServer server;
    private final int port;
    private final BlockingQueue<RedisHealth> changes = new LinkedBlockingQueue<>();

    private TestNode(RedisConfig config) {
        cluster = RedisCluster.connect(config).onHealthChange(changes::add);
        server = new SocketServer(Config.defaults().withAdapter(cluster));
        namespace()
                .on(
                        "join",
                        (socket, args, ack) ->
                                socket.join(args.json(0).replace("\"", "")).thenRun(() -> ack.send(true)));
        port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .getPort();
    }

    /// A node that has joined the others.
    static TestNode start(TestRedis redis, String key) {
        return start(redis, key, config -> config);
    }

    static TestNode start(TestRedis redis, String key, UnaryOperator<RedisConfig> change) {
        var node = startAlone(redis, key, change);
        node.cluster
                .connected()
                .toCompletableFuture()
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
        return node;
    }

    /// The same without waiting for Redis.
    static TestNode startAlone(TestRedis redis, String key, UnaryOperator<RedisConfig> change) {
        return new TestNode(change.apply(RedisConfig.of(redis.uri())
                .withKey(key)
                .withRequestTimeout(REQUEST_TIMEOUT)
                .withReconnectDelayMax(Duration.ofMillis(100))));
    }

    Namespace namespace() {
        return server.of(NAMESPACE);
    }

    RedisCluster cluster() {
        return cluster;
    }

    TestClient connect(String... rooms) {
        var client = TestClient.connect(port, NAMESPACE);
        for (var room : rooms) {
            client.ask("join", room);
        }
        return client;
    }

    /// Waits until so many nodes hear each other. Each look is a request to Redis.
    void awaitNodes(int count) {
        for (int found = 0; found != count; ) {
            found = namespace()
                    .serverCount()
                    .toCompletableFuture()
                    .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .join();
        }
    }

    /// Waits until the node reaches Redis, or does not.
    void awaitHealth(boolean connected) throws InterruptedException {
        while (cluster.health().connected() != connected) {
            changes.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        server.close(Duration.ZERO).toCompletableFuture().join();
        cluster.close();
    }
}
