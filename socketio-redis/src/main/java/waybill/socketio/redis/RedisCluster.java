package waybill.socketio.redis;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter;

/// Joins the namespaces of this node's server with those of the same name on all nodes that use the same Redis:
/// `Config.defaults().withAdapter(cluster)`. Thread-safe. Closed after the server.
///
/// Handlers of events between servers run on the thread that reads from Redis, so they must not wait.
public final class RedisCluster implements Adapter.Factory, AutoCloseable {

    private final RedisConfig config;
    private final RedisLink link;
    private final NodeContext node;
    private final LatestExchange latest;

    private RedisCluster(RedisConfig config, InstantSource clock) {
        this.config = config;
        this.link = new RedisLink(config, clock);
        this.node = new NodeContext(NodeContext.newId(), config, link);
        this.latest = new LatestExchange(node);
    }

    /// Connects in the background, and again whenever the connection is lost. A node need not wait for Redis to serve
    /// its own sockets.
    public static RedisCluster connect(RedisConfig config) {
        return connect(config, InstantSource.system());
    }

    /// The same with a clock, by which [RedisHealth#since] is told.
    public static RedisCluster connect(RedisConfig config, InstantSource clock) {
        var cluster = new RedisCluster(config, clock);
        cluster.link.open();
        return cluster;
    }

    @Override
    public Adapter of(String namespace, Adapter local) {
        return new RedisAdapter(namespace, local, node, latest);
    }

    /// Publishes a message of the application to all processes that hear the channel, this one among them: in order,
    /// and
    /// at most once. Done with their number; 0 where the message was dropped.
    public CompletionStage<Integer> publish(String channel, byte[] message) {
        return link.publish(applicationChannel(channel), () -> message);
    }

    /// Hears the messages that applications publish to a channel, on the thread that reads from Redis: `listener` must
    /// not wait.
    public void listen(String channel, Consumer<byte[]> listener) {
        link.subscribe(applicationChannel(channel), (_, message) -> listener.accept(message));
    }

    private String applicationChannel(String channel) {
        return config.key() + "-application#" + channel + "#";
    }

    /// Done when Redis is reached for the first time.
    public CompletionStage<@Nullable Void> connected() {
        return link.connected();
    }

    /// Hears each change, on a thread that must not wait.
    public RedisCluster onHealthChange(Consumer<RedisHealth> listener) {
        link.onChange(listener);
        return this;
    }

    LatestExchange latest() {
        return latest;
    }

    public RedisHealth health() {
        return link.health();
    }

    @Override
    public void close() {
        link.close();
    }
}
