package waybill.socketio.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.EventExecutorGroup;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// The client library with our settings: connects again with growing, random delays; rejects commands while it is not
/// connected; sends none again; notices a dead connection within half a minute.
final class LettuceClient implements AutoCloseable {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final int THREADS = 2; // the least that the library takes
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RECONNECT_DELAY_MIN = Duration.ofMillis(50);
    private static final Duration KEEP_ALIVE_IDLE = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(5);
    private static final int KEEP_ALIVE_COUNT = 3;
    private static final Duration UNACKNOWLEDGED_MAX = Duration.ofSeconds(20);
    private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(2);

    private final RedisURI uri;
    private final Delay reconnectDelay;
    private final ClientResources resources;
    private final RedisClient client;

    LettuceClient(RedisConfig config) {
        uri = RedisURI.create(config.uri());
        uri.setTimeout(CONNECT_TIMEOUT);
        reconnectDelay = Delay.equalJitter(
                RECONNECT_DELAY_MIN, config.reconnectDelayMax(), RECONNECT_DELAY_MIN.toMillis(), TimeUnit.MILLISECONDS);
        resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(reconnectDelay)
                .build();
        client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(_ -> true) // a publish that is sent again may arrive twice
                .requestQueueSize(config.publishesMax())
                .socketOptions(socketOptions())
                .build());
    }

    private static SocketOptions socketOptions() {
        return SocketOptions.builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .keepAlive(KeepAliveOptions.builder()
                        .enable()
                        .idle(KEEP_ALIVE_IDLE)
                        .interval(KEEP_ALIVE_INTERVAL)
                        .count(KEEP_ALIVE_COUNT)
                        .build())
                .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                        .enable()
                        .tcpUserTimeout(UNACKNOWLEDGED_MAX)
                        .build())
                .build();
    }

    CompletionStage<StatefulRedisConnection<String, byte[]>> connect() {
        return client.connectAsync(CODEC, uri);
    }

    CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> connectPubSub() {
        return client.connectPubSubAsync(CODEC, uri);
    }

    Duration reconnectDelay(long attempt) {
        return reconnectDelay.createDelay(attempt);
    }

    /// For tasks that run later and do not wait.
    EventExecutorGroup timer() {
        return resources.eventExecutorGroup();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN_TIMEOUT);
        resources
                .shutdown(0, SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(SHUTDOWN_TIMEOUT.toMillis());
    }
}
